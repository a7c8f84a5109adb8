-- 租金减免，近十二个月：是流量，不是敞口。
-- grain: key, counts_from
SELECT e.* EXCLUDE (layer)
FROM core.exposure AS e
WHERE e.layer = 'flows'
