-- 已先投及以后各状态的先投后股协议都有投入的流水（现金拨付、租金折算或其他投入），首笔投入不早于签约；已退出的有退出回款。
-- checked: core.invest_first_deal WHERE status NOT IN ('approved', 'terminated')
-- by: row_id
WITH flowed AS (
  SELECT w.agreement_id,
    min(w.paid_on) FILTER (w.flow_kind IN ('cash', 'rent', 'other')) AS first_on,
    count(*) FILTER (w.flow_kind = 'exit') AS exits
  FROM core.invest_first_flow AS w
  GROUP BY w.agreement_id
)
SELECT
  d.agreement_id,
  CASE WHEN w.first_on IS NULL THEN '没有投入的流水' WHEN w.first_on < d.signed_on THEN '首笔投入 ' || w.first_on || ' 早于签约 ' || d.signed_on
    ELSE '已退出而没有退出回款' END AS found,
  d.row_id
FROM core.invest_first_deal AS d
LEFT JOIN flowed AS w USING (agreement_id)
WHERE d.status NOT IN ('approved', 'terminated')
  AND (w.first_on IS NULL OR (w.first_on < d.signed_on AND d.signed_precision = 'D') OR (d.status = 'exited' AND w.exits = 0))
ORDER BY d.agreement_id
