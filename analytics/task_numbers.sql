-- What the metrics of tasks and resolutions come to at $v, per department that answers for them and over all; of one clause or of all.
SELECT
  CASE WHEN grouping(c.department_id) = 1 THEN '' ELSE coalesce(c.department_id, '?') END AS department_id,
  c.metric_id,
  sum(c.value)::BIGINT AS value,
  count(*) FILTER (c.is_pending) AS pending
FROM mart.contribution AS c
WHERE (c.metric_id LIKE 'task\_%' ESCAPE '\' OR c.metric_id LIKE 'resolution\_%' ESCAPE '\')
  AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND ($clause IS NULL OR c.category = $clause OR c.metric_id NOT LIKE 'task\_%' ESCAPE '\')
GROUP BY GROUPING SETS ((c.metric_id), (c.metric_id, c.department_id))
