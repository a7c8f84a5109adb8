-- What stands where at $v, by cells of $cell degrees: organizations that moved in, buildings of the premises list, platforms.
-- A platform stands where its building does, else in the middle of its zone, for its list has no coordinates; what lies nowhere has no cell.
WITH buildings AS (
  SELECT p.building_name, any_value(p.zone_id) AS zone_id, avg(l.longitude_deg) AS longitude_deg, avg(l.latitude_deg) AS latitude_deg
  FROM core.premise_version AS p
  LEFT JOIN core.location AS l ON l.entity_kind = 'premise' AND l.entity_id = p.unit_id
  WHERE p.valid_from <= $v AND (p.valid_until IS NULL OR p.valid_until > $v)
  GROUP BY p.building_name
),
things AS (
  SELECT l.longitude_deg, l.latitude_deg
  FROM core.organization AS o
  LEFT JOIN core.location AS l ON l.entity_kind = 'organization' AND l.entity_id = o.org_id
  WHERE $kind = 'organizations' AND o.moved_in_on <= $v AND (o.moved_out_on IS NULL OR o.moved_out_on > $v)
  UNION ALL
  SELECT b.longitude_deg, b.latitude_deg
  FROM buildings AS b
  WHERE $kind = 'buildings'
  UNION ALL
  SELECT coalesce(b.longitude_deg, s.label_longitude_deg) AS longitude_deg, coalesce(b.latitude_deg, s.label_latitude_deg) AS latitude_deg
  FROM core.platform_version AS p
  LEFT JOIN buildings AS b ON b.building_name = p.space_name
  LEFT JOIN ref.zone_shape AS s ON s.zone_id = p.zone_id
  WHERE $kind = 'platforms' AND p.valid_from <= $v AND (p.valid_until IS NULL OR p.valid_until > $v)
)
SELECT
  avg(t.longitude_deg) AS longitude_deg,
  avg(t.latitude_deg) AS latitude_deg,
  count(*) AS things
FROM things AS t
GROUP BY floor(t.longitude_deg / $cell), floor(t.latitude_deg / $cell)
ORDER BY things DESC, longitude_deg, latitude_deg
