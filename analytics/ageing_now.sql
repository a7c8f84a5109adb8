-- The same as ageing.sql on the newest day, from what is kept of it.
WITH limits AS (
  SELECT unnest($limits::STRUCT(stage_id VARCHAR, days DOUBLE)[], recursive := true)
)
SELECT
  c.entity_id,
  c.org_id,
  c.stage_id,
  c.category,
  c.occurred_on,
  c.occurred_precision,
  ($v::DATE - c.occurred_on)::INTEGER AS age_days,
  l.days AS limit_days,
  c.zone_id
FROM mart.funnel_row_now AS c
JOIN limits AS l ON l.stage_id = c.stage_id AND $v::DATE - c.occurred_on > l.days
WHERE c.metric_id = 'funnel_stock' AND c.occurred_on <= $last_on AND true /* kept */
ORDER BY c.occurred_on, c.entity_id
LIMIT $most
