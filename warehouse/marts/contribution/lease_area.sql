-- 在租租约的面积。
-- grain: key, counts_from
SELECT
  l.* EXCLUDE (unit_id, area_m2, ends_on),
  l.area_m2 AS value
FROM core.lease_in_force AS l
WHERE l.area_m2 > 0
