-- 在租租约份数。
-- grain: key, counts_from
SELECT
  l.* EXCLUDE (unit_id, area_m2, ends_on),
  1 AS value
FROM core.lease_in_force AS l
