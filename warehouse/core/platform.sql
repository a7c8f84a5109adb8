-- 平台：一个平台一行，取现行名单。
-- grain: platform_id
SELECT
  v.* EXCLUDE (valid_until)
FROM core.platform_version AS v
WHERE v.valid_until IS NULL
