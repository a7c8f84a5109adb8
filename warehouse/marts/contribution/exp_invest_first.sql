-- 先投未转股敞口：现金、租金折算与其他投入，减去收回与核销。
-- grain: key, counts_from
SELECT e.* EXCLUDE (layer)
FROM core.exposure AS e
WHERE e.layer = 'invest_first'
