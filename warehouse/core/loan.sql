-- 贷款：一份合同一行，取现行名单。
-- grain: contract_id
SELECT
  v.* EXCLUDE (valid_until)
FROM core.loan_version AS v
WHERE v.valid_until IS NULL
