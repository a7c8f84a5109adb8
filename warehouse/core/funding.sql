-- 财政与筹资：一个年度一个资金项目一行，取现行名单。
-- grain: year_from, year_to, item_id
SELECT
  v.* EXCLUDE (valid_until)
FROM core.funding_version AS v
WHERE v.valid_until IS NULL
