-- The rows of the asked metrics that count at $v, added up by zone.
SELECT
  c.metric_id,
  c.zone_id,
  sum(c.value) AS value
FROM mart.contribution_total AS c
WHERE list_contains($metrics, c.metric_id)
  AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
GROUP BY ALL
