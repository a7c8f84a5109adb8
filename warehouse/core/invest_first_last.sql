-- 先投后股协议最近一次所报：一份一行，已从名单上下来的也在内。
-- grain: agreement_id
SELECT
  v.* EXCLUDE (valid_from, valid_until),
  v.valid_from AS listed_on           -- 最近一次名单的截至日
FROM core.invest_first_deal_version AS v
QUALIFY row_number() OVER (PARTITION BY v.agreement_id ORDER BY v.valid_from DESC) = 1
