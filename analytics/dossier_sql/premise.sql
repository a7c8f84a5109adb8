-- A unit of a building as its list stood at $v.
SELECT
  p.building_name || ' ' || p.unit_id AS name,
  p.status,
  p.main_use,
  coalesce(CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh) AS zone,
  p.built_m2,
  p.lettable_m2,
  p.let_m2,
  p.opened_on,
  p.opened_precision,
  p.valid_from AS listed_on
FROM core.premise_version AS p
LEFT JOIN ref.zone AS z ON z.zone_id = p.zone_id
WHERE p.unit_id = $id AND p.valid_from <= $v
ORDER BY p.valid_from DESC
LIMIT 1
