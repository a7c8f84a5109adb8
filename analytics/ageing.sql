-- The projects under way on $v that entered their stage by $last_on and whose age in it is beyond $limits (stage, days), the longest first.
WITH limits AS (
  SELECT unnest($limits::STRUCT(stage_id VARCHAR, days DOUBLE)[], recursive := true)
),
shown AS MATERIALIZED (
  SELECT c.entity_id, c.stage_id, c.category, c.occurred_on, c.occurred_precision, c.org_id, c.zone_id, l.days AS limit_days
  FROM mart.contribution AS c
  JOIN limits AS l ON l.stage_id = c.stage_id AND $v::DATE - c.occurred_on > l.days
  WHERE c.metric_id = 'funnel_stock' AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
    AND c.occurred_on <= $last_on
    AND ($zone::VARCHAR IS NULL OR c.zone_id = $zone)
    AND ($stage::VARCHAR IS NULL OR c.stage_id = $stage)
    AND true /* chosen c.entity_id */
  ORDER BY c.occurred_on, c.entity_id
  LIMIT $most
)
SELECT
  o.entity_id,
  p.project_name,
  coalesce(g.org_name, p.lead_org_name) AS org_name,
  o.stage_id,
  o.category,
  o.occurred_on,
  o.occurred_precision,
  ($v::DATE - o.occurred_on)::INTEGER AS age_days,
  o.limit_days,
  coalesce(CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh) AS zone_name
FROM shown AS o
LEFT JOIN core.project AS p ON p.project_id = o.entity_id
LEFT JOIN core.organization AS g ON g.org_id = o.org_id
LEFT JOIN ref.zone AS z ON z.zone_id = o.zone_id
ORDER BY o.occurred_on, o.entity_id
