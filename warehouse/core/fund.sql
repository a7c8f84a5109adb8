-- 基金：一只一行，取现行名单。
-- grain: fund_id
SELECT
  v.* EXCLUDE (valid_until)
FROM core.fund_version AS v
WHERE v.valid_until IS NULL
