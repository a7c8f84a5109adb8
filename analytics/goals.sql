-- The rows of the asked metrics that count at $v, added up by zone and by the month in which they happened.
SELECT
  c.metric_id,
  c.zone_id,
  c.month_on,
  sum(c.value) AS value,
  sum(c.pending) AS pending
FROM mart.contribution_total AS c
WHERE list_contains($metrics, c.metric_id)
  AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
GROUP BY ALL
