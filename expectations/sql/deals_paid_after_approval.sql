-- 先投后股的投入不早于项目立项。
-- checked: core.invest_first_flow
-- by: row_id
SELECT
  f.flow_id,
  f.paid_on || ' 投入，项目 ' || p.project_id || ' 立项于 ' || p.approved_on AS found,
  f.row_id
FROM core.invest_first_flow AS f
JOIN core.invest_first_last AS d USING (agreement_id)
JOIN core.project AS p ON p.project_id = d.project_id
WHERE f.flow_kind IN ('cash', 'rent', 'other') AND f.paid_on < p.approved_on AND p.approved_precision = 'D'
ORDER BY f.flow_id
