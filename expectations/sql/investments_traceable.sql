-- 基金的投资与退出写明对方代码，基金报了出资人；否则不知是哪一家，或不能穿透到政府。
-- checked: core.fund_cashflow
-- by: row_id
SELECT
  f.flow_id,
  concat_ws('、', CASE WHEN f.counterparty_org_id IS NULL THEN '没有对方代码' END,
    CASE WHEN NOT EXISTS (FROM core.fund_commitment_version AS c WHERE c.fund_id = f.fund_id) THEN '基金 ' || f.fund_id || ' 没有报出资人' END) AS found,
  f.row_id
FROM core.fund_cashflow AS f
WHERE f.flow_kind IN ('investment', 'exit') AND found <> ''
ORDER BY f.flow_id
