-- The projects under way on $v whose age in the stage is beyond $limits (stage, days), the longest first; how many there are in all.
WITH limits AS (
  SELECT unnest($limits::STRUCT(stage_id VARCHAR, days DOUBLE)[], recursive := true)
)
SELECT
  c.entity_id,
  p.project_name,
  coalesce(g.org_name, p.lead_org_name) AS org_name,
  c.stage_id,
  c.category,
  c.occurred_on,
  c.occurred_precision,
  ($v::DATE - c.occurred_on)::INTEGER AS age_days,
  l.days AS limit_days,
  coalesce(CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh) AS zone_name,
  count(*) OVER () AS projects
FROM mart.contribution AS c
JOIN limits AS l ON l.stage_id = c.stage_id AND $v::DATE - c.occurred_on > l.days
LEFT JOIN core.project AS p ON p.project_id = c.entity_id
LEFT JOIN core.organization AS g ON g.org_id = c.org_id
LEFT JOIN ref.zone AS z ON z.zone_id = c.zone_id
WHERE c.metric_id = 'funnel_stock' AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND ($zone::VARCHAR IS NULL OR c.zone_id = $zone)
  AND ($stage::VARCHAR IS NULL OR c.stage_id = $stage)
  AND true /* chosen c.entity_id */
ORDER BY age_days DESC, c.entity_id
LIMIT $most
