-- The rows of $metrics that make these $units in the relation $state on $on, of one zone and department or of all; names of codes in $language.
-- grain: metric_id, key
SELECT
  c.metric_id,
  CASE WHEN list_contains($distinct, c.metric_id) THEN c.entity_id ELSE c.key END AS unit,
  c.entity_kind,
  c.entity_id,
  c.row_id,
  c.value,
  c.occurred_on,
  c.occurred_precision,
  c.counts_from,
  c.counts_until,
  coalesce(CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh, nullif(c.zone_id, 'na')) AS zone,
  coalesce(CASE WHEN $language = 'en' THEN s.name_en END, s.name_zh, c.stage_id) AS stage,
  coalesce(CASE WHEN $language = 'en' THEN k.name_en END, k.name_zh, c.category) AS category,
  coalesce(CASE WHEN $language = 'en' THEN d.name_en END, d.name_zh, c.department_id) AS department,
  c.is_pending
FROM query_table($state) AS c
LEFT JOIN today.ref.zone AS z ON z.zone_id = c.zone_id
LEFT JOIN today.ref.stage AS s ON s.stage_id = c.stage_id
LEFT JOIN today.ref.category AS k ON k.category_id = c.category
LEFT JOIN today.ref.department AS d ON d.department_id = c.department_id
WHERE list_contains($metrics, c.metric_id)
  AND list_contains($units, CASE WHEN list_contains($distinct, c.metric_id) THEN c.entity_id ELSE c.key END)
  AND c.counts_from <= $on AND (c.counts_until IS NULL OR c.counts_until > $on)
  AND ($zone IS NULL OR c.zone_id = $zone) AND ($department IS NULL OR c.department_id IS NOT DISTINCT FROM $department)
ORDER BY c.metric_id, unit, c.counts_from, c.key
