-- 先投后股协议：一份一行，取现行名单。
-- grain: agreement_id
SELECT
  v.* EXCLUDE (valid_until)
FROM core.invest_first_deal_version AS v
WHERE v.valid_until IS NULL
