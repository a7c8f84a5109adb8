-- What the policy lists for a zone, and the state at $v of the platform or building that stands for it by its name; NULL: none is listed.
WITH platforms AS (
  SELECT m.facility_id, p.platform_name AS name, p.status, p.opened_on
  FROM core.facility_platform AS m
  JOIN core.platform_version AS p USING (platform_id)
  WHERE p.valid_from <= $v AND (p.valid_until IS NULL OR p.valid_until > $v)
),
buildings AS (
  SELECT w.facility_id, u.building_name AS name, u.status, u.opened_on
  FROM (SELECT f.facility_id, f.zone_id, unnest(string_split(concat_ws('|', f.name_zh, f.aliases_zh), '|')) AS word
    FROM ref.zone_facility AS f WHERE f.kind = 'anchor') AS w
  JOIN core.premise_version AS u ON u.zone_id = w.zone_id AND w.word <> '' AND contains(u.building_name, w.word)
  WHERE u.valid_from <= $v AND (u.valid_until IS NULL OR u.valid_until > $v)
),
standing AS (
  SELECT * FROM platforms
  UNION ALL
  SELECT * FROM buildings
),
listed AS (
  SELECT f.facility_id, f.kind, f.name_zh, f.name_en, f.status AS stated, p.name, p.status, p.opened_on
  FROM ref.zone_facility AS f
  LEFT JOIN standing AS p USING (facility_id)
  WHERE f.zone_id = $zone
  UNION ALL
  SELECT c.core_function_id, 'facility', c.name_zh, c.name_en, '未接入', u.building_name, u.status, u.opened_on
  FROM ref.core_function AS c
  LEFT JOIN core.premise_version AS u ON u.core_function_id = c.core_function_id AND u.valid_from <= $v AND (u.valid_until IS NULL OR u.valid_until > $v)
  WHERE $zone = 'core'
)
SELECT
  l.facility_id,
  l.kind,
  l.name_zh,
  l.name_en,
  list(DISTINCT l.name ORDER BY l.name) FILTER (l.name IS NOT NULL) AS names,
  coalesce(arg_max(l.status, CASE l.status WHEN 'in_use' THEN 3 WHEN 'under_construction' THEN 2 ELSE 1 END),
    CASE l.stated WHEN '投用' THEN 'in_use' WHEN '在建' THEN 'under_construction' WHEN '拟建' THEN 'planned' END) AS status,
  min(l.opened_on) AS opened_on
FROM listed AS l
GROUP BY l.facility_id, l.kind, l.name_zh, l.name_en, l.stated
ORDER BY l.facility_id
