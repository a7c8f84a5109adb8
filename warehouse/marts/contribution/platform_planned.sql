-- 平台（牌子），拟建：申报和规划中的。
-- grain: key, counts_from
SELECT t.* EXCLUDE (status, level, field_name)
FROM core.platform_title AS t
WHERE t.status IN ('applied', 'planned')
