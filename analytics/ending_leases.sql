-- The leases in force at $v that end within ninety days, the first to end first; $zone NULL for all.
SELECT
  l.entity_id,
  coalesce(n.name_zh, l.unit_id) AS building_name,
  l.unit_id,
  coalesce(o.org_name, l.org_id) AS tenant_name,
  l.area_m2::DECIMAL(20, 2) AS area_m2,
  l.ends_on,
  l.zone_id
FROM core.lease_in_force AS l
LEFT JOIN core.entity_name AS n ON n.entity_kind = 'premise' AND n.entity_id = l.unit_id
LEFT JOIN core.organization AS o ON o.org_id = l.org_id
WHERE l.counts_from <= $v AND (l.counts_until IS NULL OR l.counts_until > $v) AND l.ends_on - 90 <= $v
  AND ($zone IS NULL OR l.zone_id = $zone)
ORDER BY l.ends_on, l.entity_id
LIMIT $most
