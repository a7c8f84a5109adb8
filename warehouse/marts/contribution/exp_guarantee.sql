-- 担保敞口：在保余额 × 担保分担比例 × 担保机构国有比例。
-- grain: key, counts_from
SELECT e.* EXCLUDE (layer)
FROM core.exposure AS e
WHERE e.layer = 'guarantee'
