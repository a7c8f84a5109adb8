-- 技术经理人：一个编号一行，取现行名单，不含个人信息。
-- grain: manager_id
SELECT
  v.* EXCLUDE (valid_until)
FROM core.tech_manager_version AS v
WHERE v.valid_until IS NULL
