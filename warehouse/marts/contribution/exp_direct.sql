-- 直接股权敞口：先投后股已转股的本金，减去收回。
-- grain: key, counts_from
SELECT e.* EXCLUDE (layer)
FROM core.exposure AS e
WHERE e.layer = 'direct'
