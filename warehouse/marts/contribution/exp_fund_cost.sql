-- 基金穿透敞口，按成本：持仓成本 × 财政与国有企业的份额。
-- grain: key, counts_from
SELECT e.* EXCLUDE (layer)
FROM core.exposure AS e
WHERE e.layer = 'fund_cost'
