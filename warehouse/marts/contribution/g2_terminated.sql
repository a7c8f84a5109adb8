-- 已计入中试项目、现已终止或撤回的：再次进入后不再算终止。
-- grain: key, counts_from
SELECT
  e.* EXCLUDE (goal_id, is_first_of_goal, occurred_on, occurred_precision, counts_from, counts_until, department_id, reported_by,
    known_at, row_id, source_row_ids),
  t.terminated_on AS occurred_on,
  t.occurred_precision,
  greatest(e.counts_from, t.terminated_on) AS counts_from,
  least(e.counts_until, t.reopened_on) AS counts_until,
  t.department_id,
  t.sender AS reported_by,
  t.known_at,
  t.row_id,
  [e.row_id] AS source_row_ids
FROM core.counted_entry AS e
JOIN core.termination AS t ON t.root_project_id = e.entity_id
WHERE e.goal_id = 'g2' AND e.is_first_of_goal
  AND greatest(e.counts_from, t.terminated_on) < coalesce(least(e.counts_until, t.reopened_on), DATE '9999-12-31')
