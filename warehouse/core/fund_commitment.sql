-- 基金出资：一只基金一个出资人一行，取现行名单。
-- grain: fund_id, investor_org_id
SELECT
  v.* EXCLUDE (valid_until)
FROM core.fund_commitment_version AS v
WHERE v.valid_until IS NULL
