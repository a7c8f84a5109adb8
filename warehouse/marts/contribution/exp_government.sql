-- 政府敞口合计：直接股权、基金穿透（成本）、先投未转股、担保（国有部分）、补偿池或有。
-- grain: key, counts_from
SELECT e.* EXCLUDE (layer, key), e.layer || '/' || e.key AS key
FROM core.exposure AS e
WHERE e.layer IN ('direct', 'fund_cost', 'invest_first', 'guarantee', 'pool')
