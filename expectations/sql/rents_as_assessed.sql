-- 先投后股的租金折算等于面积×月数×评估单价；容许 1 元。
-- checked: core.invest_first_flow WHERE flow_kind = 'rent'
-- by: row_id
SELECT
  f.flow_id,
  CASE WHEN f.assessed_cny IS NULL THEN '没有写全面积、月数、评估单价' ELSE '应为 ' || f.assessed_cny || ' 元，填的是 ' || f.amount_cny || ' 元' END AS found,
  f.row_id
FROM core.invest_first_flow AS f
WHERE f.flow_kind = 'rent' AND (f.assessed_cny IS NULL OR abs(f.assessed_cny - f.amount_cny) > 1)
ORDER BY f.flow_id
