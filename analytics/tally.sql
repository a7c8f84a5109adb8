-- The rows of $metrics that count at $v, added up by zone and by category.
SELECT
  c.metric_id,
  c.zone_id,
  coalesce(c.category, '') AS category,
  sum(c.value) AS value
FROM mart.contribution AS c
WHERE list_contains($metrics, c.metric_id) AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
GROUP BY ALL
