-- 基金穿透敞口，按公允：持仓公允价值 × 财政与国有企业的份额。
-- grain: key, counts_from
SELECT e.* EXCLUDE (layer)
FROM core.exposure AS e
WHERE e.layer = 'fund_fair'
