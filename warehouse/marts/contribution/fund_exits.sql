-- 基金退出回收：被投单位付给基金的，一笔一行；属毛口径。
-- grain: key, counts_from
SELECT
  f.* EXCLUDE (flow_kind, amount_cny, investor_kind, holding_share, root_project_id, is_first_institutional, holding_years),
  f.flow_kind AS category,
  f.amount_cny AS value,
  false AS is_pending
FROM core.fund_entry AS f
WHERE f.flow_kind = 'exit'
