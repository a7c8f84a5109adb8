-- Each zone that is a milestone: whether it stands at $v, since when, and since when not, if it once stood.
-- grain: zone_id
-- A day on which the latest spell ended is said as precisely as the least precise stage event of that day.
WITH spells AS (
  SELECT c.zone_id, c.occurred_on, c.occurred_precision, c.counts_from, CASE WHEN c.counts_until <= $v THEN c.counts_until END AS ended_on
  FROM mart.contribution AS c
  WHERE c.metric_id = $metric AND c.category = 'carrier' AND c.counts_from <= $v
),
latest_only AS (
  SELECT s.*
  FROM spells AS s
  QUALIFY row_number() OVER (PARTITION BY s.zone_id ORDER BY s.counts_from DESC) = 1
),
event_days AS (
  SELECT e.occurred_on, arg_max(e.occurred_precision, list_position(['D', 'M', 'Q', 'H', 'Y'], e.occurred_precision)) AS precision
  FROM core.stage_event AS e
  WHERE e.occurred_on IN (SELECT l.ended_on FROM latest_only AS l)
  GROUP BY e.occurred_on
)
SELECT
  z.zone_id,
  z.name_zh,
  z.name_en,
  l.zone_id IS NOT NULL AND l.ended_on IS NULL AS is_reached,
  coalesce(l.ended_on, l.occurred_on) AS since_on,
  CASE WHEN l.ended_on IS NULL THEN l.occurred_precision ELSE coalesce(d.precision, 'D') END AS since_precision
FROM ref.zone AS z
LEFT JOIN latest_only AS l ON l.zone_id = z.zone_id
LEFT JOIN event_days AS d ON d.occurred_on = l.ended_on
WHERE z.kind = 'carrier'
ORDER BY z.rowid
