-- The rows of $metrics alive at $v by zone, category, year of happening and the manager behind them, if any: never sent on, only counted.
SELECT
  c.metric_id,
  c.zone_id,
  coalesce(c.category, '') AS category,
  year(c.occurred_on)::INTEGER AS year,
  CASE WHEN c.entity_kind = 'manager' THEN c.entity_id END AS manager_id,
  sum(c.value) AS value
FROM mart.contribution AS c
WHERE list_contains($metrics, c.metric_id) AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
GROUP BY ALL
HAVING sum(c.value) <> 0
