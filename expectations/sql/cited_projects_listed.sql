-- 基金、先投后股、结余入股、招引、成果各报表引用的项目编号都在项目库。
-- checked: (SELECT project_id AS project_id FROM core.fund_cashflow UNION SELECT project_id AS project_id FROM core.invest_first_deal UNION SELECT project_id AS project_id FROM core.surplus_equity UNION SELECT project_id AS project_id FROM core.lead UNION SELECT project_id AS project_id FROM core.outcome) AS c WHERE project_id IS NOT NULL
WITH told AS (
  SELECT '基金流水' AS told_in, t.project_id AS project_id FROM core.fund_cashflow AS t
  UNION ALL
  SELECT '先投后股台账' AS told_in, t.project_id AS project_id FROM core.invest_first_deal AS t
  UNION ALL
  SELECT '横向结余经费入股' AS told_in, t.project_id AS project_id FROM core.surplus_equity AS t
  UNION ALL
  SELECT '招引项目' AS told_in, t.project_id AS project_id FROM core.lead AS t
  UNION ALL
  SELECT '科技成果' AS told_in, t.project_id AS project_id FROM core.outcome AS t
)
SELECT
  t.project_id,
  string_agg(DISTINCT t.told_in, '、' ORDER BY t.told_in) AS told_in
FROM told AS t
WHERE t.project_id IS NOT NULL AND NOT EXISTS (FROM core.project AS k WHERE k.project_id = t.project_id)
GROUP BY t.project_id
ORDER BY t.project_id
