-- A platform as its list stood at $v.
SELECT
  p.platform_name AS name,
  p.platform_kind,
  p.level,
  p.status,
  coalesce(CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh) AS zone,
  coalesce(g.org_name, p.lead_org_id) AS lead_org_name,
  p.opened_on,
  p.opened_precision,
  p.field_name,
  p.partner_names,
  p.equipment_cny,
  p.service_income_cny,
  p.services,
  p.pilot_workshops,
  p.occupied_workshops,
  p.valid_from AS listed_on
FROM core.platform_version AS p
LEFT JOIN core.organization AS g ON g.org_id = p.lead_org_id
LEFT JOIN ref.zone AS z ON z.zone_id = p.zone_id
WHERE p.platform_id = $id AND p.valid_from <= $v
ORDER BY p.valid_from DESC
LIMIT 1
