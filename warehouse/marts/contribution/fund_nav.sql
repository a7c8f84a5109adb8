-- 基金净值：在投公允价值加账面未用现金。
-- grain: key, counts_from
SELECT
  w.* REPLACE ('value|' || w.key AS key),
  false AS is_pending
FROM core.fund_worth AS w
UNION ALL BY NAME
SELECT
  f.* EXCLUDE (flow_kind, amount_cny, investor_kind, holding_share, root_project_id, is_first_institutional, holding_years) REPLACE ('cash|' || f.key AS key),
  'cash' AS category,
  CASE WHEN f.flow_kind IN ('paid_in', 'exit') THEN f.amount_cny ELSE -f.amount_cny END AS value,
  false AS is_pending
FROM core.fund_entry AS f
