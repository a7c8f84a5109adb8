-- 招引项目：一条线索一行，取现行名单。
-- grain: department_id, sender, lead_id
SELECT
  v.* EXCLUDE (valid_until)
FROM core.lead_version AS v
WHERE v.valid_until IS NULL
