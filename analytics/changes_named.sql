-- The units that move a term of a metric most, at most $most of each, and what each of them is; of one metric and one term or of all (NULL).
-- grain: metric_id, term, unit
WITH ranked AS (
  SELECT c.*, row_number() OVER (PARTITION BY c.metric_id, c.term ORDER BY abs(c.change) DESC, c.unit) AS place
  FROM changed AS c
  WHERE ($metric IS NULL OR c.metric_id = $metric) AND ($term IS NULL OR c.term = $term)
)
SELECT r.metric_id, r.term, r.unit, r.change, r.entity_kind, r.entity_id, r.org_id
FROM ranked AS r
WHERE r.place <= $most
ORDER BY r.metric_id, r.term, r.place
