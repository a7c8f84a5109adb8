-- 租约：一份一行，取现行名单。
-- grain: lease_id
SELECT
  v.* EXCLUDE (valid_until)
FROM core.lease_version AS v
WHERE v.valid_until IS NULL
