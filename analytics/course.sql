-- The value of the asked metrics at the end of each of $days: every row that began by then and has not ended.
-- A row ends on the day it no longer counts, so that day's value is without it.
WITH moves AS (
  SELECT c.metric_id, c.counts_from AS moved_on, c.value AS change
  FROM mart.contribution_total AS c
  WHERE list_contains($metrics, c.metric_id)
  UNION ALL
  SELECT c.metric_id, c.counts_until AS moved_on, -c.value AS change
  FROM mart.contribution_total AS c
  WHERE list_contains($metrics, c.metric_id) AND c.counts_until IS NOT NULL
),
by_day AS (
  SELECT m.metric_id, m.moved_on, sum(m.change) AS change
  FROM moves AS m
  GROUP BY ALL
)
SELECT b.metric_id, d.day_on, sum(b.change) AS value
FROM unnest($days::DATE[]) AS d (day_on)
JOIN by_day AS b ON b.moved_on <= d.day_on
GROUP BY ALL
