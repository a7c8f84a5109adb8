-- 基金分配：基金付给出资人的，一笔一行；属净口径。
-- grain: key, counts_from
SELECT
  f.* EXCLUDE (flow_kind, amount_cny, investor_kind, holding_share, root_project_id, is_first_institutional, holding_years),
  f.investor_kind AS category,
  f.amount_cny AS value,
  false AS is_pending
FROM core.fund_entry AS f
WHERE f.flow_kind = 'distribution'
