-- 科技保险：一张保单一行，取现行名单。
-- grain: policy_no
SELECT
  v.* EXCLUDE (valid_until)
FROM core.insurance_version AS v
WHERE v.valid_until IS NULL
