-- 投保企业的投资与贷款合计：同一企业、同一指标、同日起止的计数行合成一行；投保联动由此加总，不必逐份保单与合同。
-- grain: org_id, metric_id, counts_from, counts_until
-- 只有曾经投保的企业。
WITH insured AS (
  SELECT DISTINCT c.org_id
  FROM mart.contribution AS c
  WHERE c.metric_id = 'insurance_cover' AND c.org_id IS NOT NULL
)
SELECT
  c.org_id,                           -- 企业代码
  c.metric_id,
  c.counts_from,
  c.counts_until,
  sum(c.value) AS value               -- 金额（元）
FROM mart.contribution AS c
JOIN insured AS i ON i.org_id = c.org_id
WHERE c.metric_id IN ('insurance_cover', 'insurance_linked', 'exp_direct', 'exp_fund_cost', 'exp_invest_first', 'loan_balance')
GROUP BY c.org_id, c.metric_id, c.counts_from, c.counts_until
