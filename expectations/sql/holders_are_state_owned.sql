-- 转股后由新区国有企业代持：已代持的协议写明代持单位和工商变更日，代持单位在主体库。
-- checked: core.invest_first_deal WHERE status IN ('converted', 'held')
-- by: row_id
SELECT
  d.agreement_id,
  concat_ws('、', CASE WHEN d.holder_org_id IS NULL THEN '没有代持单位' WHEN NOT d.is_holder_known THEN '代持单位不在主体库' END,
    CASE WHEN d.registered_on IS NULL THEN '没有工商变更日' END) AS found,
  d.row_id
FROM core.invest_first_deal AS d
WHERE d.status = 'held' AND (d.holder_org_id IS NULL OR NOT d.is_holder_known OR d.registered_on IS NULL)
ORDER BY d.agreement_id
