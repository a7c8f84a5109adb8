-- 转股比例不高于按转股本金、投前估值、原股本与折扣算得的比例；同轮另有新增股本的只会更低。
-- checked: core.invest_first_last
-- by: row_id
WITH priced AS (
  SELECT d.agreement_id, d.converted_share, d.row_id,
    sum(c.value / (d.pre_money_cny / d.original_capital_cny * (1 - coalesce(d.discount_share, 0)))) AS shares, d.original_capital_cny
  FROM core.invest_first_last AS d
  JOIN mart.contribution AS c ON c.metric_id = 'deal_converted' AND c.entity_id = d.agreement_id AND c.counts_until IS NULL
  WHERE d.converted_share IS NOT NULL AND d.pre_money_cny > 0 AND d.original_capital_cny > 0 AND coalesce(d.discount_share, 0) < 1
  GROUP BY d.agreement_id, d.converted_share, d.row_id, d.original_capital_cny
)
SELECT
  p.agreement_id,
  '台账 ' || round(p.converted_share * 100, 2) || '%，按估值 ' || round(p.shares / (p.original_capital_cny + p.shares) * 100, 2) || '%' AS found,
  p.row_id
FROM priced AS p
WHERE p.converted_share > p.shares / (p.original_capital_cny + p.shares) + 0.00005
ORDER BY p.agreement_id
