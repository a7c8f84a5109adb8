-- 投用的平台（牌子），省级。
-- grain: key, counts_from
SELECT t.* EXCLUDE (status, level, field_name)
FROM core.platform_title AS t
WHERE t.status = 'in_use' AND t.level = 'provincial'
