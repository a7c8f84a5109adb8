-- 九十天内到期的租约面积。
-- grain: key, counts_from
SELECT
  l.* EXCLUDE (unit_id, area_m2, ends_on, counts_from),
  greatest(l.counts_from, l.ends_on - 90) AS counts_from,
  l.area_m2 AS value
FROM core.lease_in_force AS l
WHERE l.area_m2 > 0 AND coalesce(l.counts_until, l.ends_on + 1) > l.ends_on - 90
