-- 平台（牌子），建设中的。
-- grain: key, counts_from
SELECT t.* EXCLUDE (status, level, field_name)
FROM core.platform_title AS t
WHERE t.status = 'under_construction'
