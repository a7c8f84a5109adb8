-- 基金费用：一笔一行。
-- grain: key, counts_from
SELECT
  f.* EXCLUDE (flow_kind, amount_cny, investor_kind, holding_share, root_project_id, is_first_institutional, holding_years),
  f.flow_kind AS category,
  f.amount_cny AS value,
  false AS is_pending
FROM core.fund_entry AS f
WHERE f.flow_kind = 'fee'
