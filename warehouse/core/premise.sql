-- 空间单元：一个单元一行，取现行名单。
-- grain: unit_id
SELECT
  v.* EXCLUDE (valid_until)
FROM core.premise_version AS v
WHERE v.valid_until IS NULL
