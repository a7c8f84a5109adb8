-- The leads that stand at their step on $v for longer than $limits (step, days), the longest first; $zone, $office NULL for all.
WITH limits AS (
  SELECT unnest($limits::STRUCT(step_id VARCHAR, days DOUBLE)[], recursive := true)
)
SELECT
  l.lead_id,
  l.project_name,
  l.office_name,
  s.step_id,
  c.zone_id,
  c.occurred_on,
  c.occurred_precision,
  ($v::DATE - c.occurred_on)::INTEGER AS days,
  s.days AS limit_days,
  l.intended_cny
FROM mart.contribution AS c
JOIN limits AS s ON c.metric_id = replace(s.step_id, 'lead_', 'lead_open_') AND $v::DATE - c.occurred_on > s.days
JOIN core.lead_course AS l ON l.key = c.key
WHERE c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND ($zone IS NULL OR c.zone_id = $zone) AND ($office IS NULL OR c.category = $office)
ORDER BY c.occurred_on, c.key
LIMIT $most
