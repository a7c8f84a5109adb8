-- How many leads stand at their step on $v for longer than $limits (step, days), by step, zone and office.
WITH limits AS (
  SELECT unnest($limits::STRUCT(step_id VARCHAR, days DOUBLE)[], recursive := true)
)
SELECT
  s.step_id,
  c.zone_id,
  coalesce(c.category, '') AS office,
  count(*)::INTEGER AS leads
FROM mart.contribution AS c
JOIN limits AS s ON c.metric_id = replace(s.step_id, 'lead_', 'lead_open_') AND $v::DATE - c.occurred_on > s.days
WHERE c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
GROUP BY ALL
