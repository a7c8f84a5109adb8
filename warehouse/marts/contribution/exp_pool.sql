-- 补偿池或有敞口：入池余额 × 补偿池分担比例。
-- grain: key, counts_from
SELECT e.* EXCLUDE (layer)
FROM core.exposure AS e
WHERE e.layer = 'pool'
