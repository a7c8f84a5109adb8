-- The units that move a term of a metric most, at most $most of each, and what each of them is; of the metrics $metrics, NULL for all that changed.
-- grain: metric_id, term, unit
WITH ranked AS (
  SELECT c.metric_id, c.term, c.unit, c.change,
    row_number() OVER (PARTITION BY c.metric_id, c.term ORDER BY abs(c.change) DESC, c.unit) AS place
  FROM changed AS c
  WHERE ($metrics IS NULL OR list_contains($metrics, c.metric_id)) AND ($term IS NULL OR c.term = $term)
),
shown AS (
  SELECT r.metric_id, r.term, r.unit, r.change, r.place, CASE WHEN list_contains($distinct, r.metric_id) THEN 'entity' ELSE 'key' END AS by
  FROM ranked AS r
  WHERE r.place <= $most
),
counted AS (
  SELECT c.metric_id, c.key, c.entity_kind, c.entity_id, c.org_id, 1 AS state
  FROM query_table($now) AS c
  WHERE hash(c.key) IN (SELECT hash(s.unit) FROM shown AS s) OR list_contains($distinct, c.metric_id)
  UNION ALL
  SELECT c.metric_id, c.key, c.entity_kind, c.entity_id, c.org_id, 2 AS state
  FROM query_table($primed) AS c
  WHERE hash(c.key) IN (SELECT hash(s.unit) FROM shown AS s) OR list_contains($distinct, c.metric_id)
  UNION ALL
  SELECT c.metric_id, c.key, c.entity_kind, c.entity_id, c.org_id, 3 AS state
  FROM query_table($before) AS c
  WHERE hash(c.key) IN (SELECT hash(s.unit) FROM shown AS s) OR list_contains($distinct, c.metric_id)
)
SELECT s.metric_id, s.term, s.unit, any_value(s.change) AS change,
  arg_min(c.entity_kind, c.state) AS entity_kind, arg_min(c.entity_id, c.state) AS entity_id, arg_min(c.org_id, c.state) AS org_id
FROM shown AS s
LEFT JOIN counted AS c ON c.metric_id = s.metric_id AND CASE WHEN s.by = 'entity' THEN c.entity_id ELSE c.key END = s.unit
GROUP BY s.metric_id, s.term, s.unit
ORDER BY s.metric_id, s.term, any_value(s.place)
