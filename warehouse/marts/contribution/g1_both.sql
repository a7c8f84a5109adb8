-- 其中两者都有：自进入第二个阶段之日起计，空间仍按首次进入。
-- grain: key, counts_from
SELECT
  e.* EXCLUDE (goal_id, is_first_of_goal, occurred_on, occurred_precision, counts_from, row_id, source_row_ids),
  s.occurred_on,
  s.occurred_precision,
  greatest(e.counts_from, s.occurred_on) AS counts_from,
  s.row_id,
  [e.row_id] AS source_row_ids
FROM core.counted_entry AS e
JOIN core.poc_small_partition AS p ON p.root_project_id = e.entity_id
JOIN core.stage_event AS s ON s.row_id = CASE WHEN p.poc_on > p.small_on THEN p.poc_row_id ELSE p.small_row_id END
WHERE e.goal_id = 'g1' AND e.is_first_of_goal AND p.poc_on IS NOT NULL AND p.small_on IS NOT NULL
  AND greatest(e.counts_from, s.occurred_on) < coalesce(e.counts_until, DATE '9999-12-31')
