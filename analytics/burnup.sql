-- Each asked metric at the end of each asked day: the rows that count on it, added up; $zone NULL for all.
WITH days AS (
  SELECT unnest($days::DATE[]) AS day_on
),
asked AS (
  SELECT unnest($metrics::VARCHAR[]) AS metric_id
)
SELECT
  a.metric_id,
  d.day_on,
  coalesce(sum(c.value), 0) AS value
FROM days AS d
CROSS JOIN asked AS a
LEFT JOIN mart.contribution_total AS c
  ON c.metric_id = a.metric_id
  AND c.counts_from <= d.day_on AND (c.counts_until IS NULL OR c.counts_until > d.day_on)
  AND ($zone IS NULL OR c.zone_id = $zone)
GROUP BY ALL
ORDER BY a.metric_id, d.day_on
