-- 基金账面未用：实缴 − 已投 − 费用 + 退出回收 − 分配，一笔一行，流出为负。
-- grain: key, counts_from
SELECT
  f.* EXCLUDE (flow_kind, amount_cny, investor_kind, holding_share, root_project_id, is_first_institutional, holding_years),
  f.flow_kind AS category,
  CASE WHEN f.flow_kind IN ('paid_in', 'exit') THEN f.amount_cny ELSE -f.amount_cny END AS value,
  false AS is_pending
FROM core.fund_entry AS f
