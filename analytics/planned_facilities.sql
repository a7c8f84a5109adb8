-- What the policy plans for each zone, with the state at $v of the platforms of the register that match it, the furthest first.
SELECT
  f.facility_id,
  f.zone_id,
  f.name_zh,
  f.name_en,
  f.status AS stated,
  arg_min(v.status, (list_position(['in_use', 'under_construction', 'planned', 'applied'], v.status), v.platform_id)) AS status,
  arg_min(v.platform_name, (list_position(['in_use', 'under_construction', 'planned', 'applied'], v.status), v.platform_id)) AS platform_name,
  arg_min(v.opened_on, (list_position(['in_use', 'under_construction', 'planned', 'applied'], v.status), v.platform_id)) AS opened_on,
  coalesce(arg_min(v.opened_precision, (list_position(['in_use', 'under_construction', 'planned', 'applied'], v.status), v.platform_id)), 'D') AS precision
FROM ref.zone_facility AS f
JOIN ref.zone AS z ON z.zone_id = f.zone_id
LEFT JOIN core.facility_platform AS m ON m.facility_id = f.facility_id
LEFT JOIN core.platform_version AS v ON v.platform_id = m.platform_id AND v.valid_from <= $v AND (v.valid_until IS NULL OR v.valid_until > $v)
WHERE f.kind = 'facility'
GROUP BY ALL
ORDER BY list_position(['core', 'carrier', 'bucket'], any_value(z.kind)), any_value(z.rowid), f.facility_id
