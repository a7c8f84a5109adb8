-- The projects under way on $v that entered their stage by $last_on and whose age in it is beyond $limits (stage, days), the longest first.
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
FROM mart.contribution AS c
JOIN limits AS l ON l.stage_id = c.stage_id AND $v::DATE - c.occurred_on > l.days
WHERE c.metric_id = 'funnel_stock' AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND c.occurred_on <= $last_on
  AND ($zone::VARCHAR IS NULL OR c.zone_id = $zone)
  AND ($stage::VARCHAR IS NULL OR c.stage_id = $stage)
  AND true /* chosen c.entity_id */
ORDER BY c.occurred_on, c.entity_id
LIMIT $most
