-- 九十天内到期的租约份数：止租日期在截至日当日至其后第九十天。
-- grain: key, counts_from
SELECT
  l.* EXCLUDE (unit_id, area_m2, ends_on, counts_from),
  greatest(l.counts_from, l.ends_on - 90) AS counts_from,
  1 AS value
FROM core.lease_in_force AS l
WHERE coalesce(l.counts_until, l.ends_on + 1) > l.ends_on - 90
