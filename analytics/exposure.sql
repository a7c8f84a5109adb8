-- The exposures that count at $v, added up by enterprise group and zone: one column a layer. '' names no firm.
WITH by_firm AS ( -- before the register is asked: there are far fewer firms than contracts
  SELECT
    coalesce(c.org_id, '') AS org_id,
    c.zone_id,
    coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_direct'), 0) AS exp_direct,
    coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_fund_cost'), 0) AS exp_fund_cost,
    coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_invest_first'), 0) AS exp_invest_first,
    coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_guarantee'), 0) AS exp_guarantee,
    coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_pool'), 0) AS exp_pool,
    coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_fund_fair'), 0) AS exp_fund_fair,
    coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_bank'), 0) AS exp_bank,
    coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_flows'), 0) AS exp_flows
  FROM mart.contribution AS c
  WHERE c.metric_id IN ('exp_direct', 'exp_fund_cost', 'exp_invest_first', 'exp_guarantee', 'exp_pool', 'exp_fund_fair', 'exp_bank', 'exp_flows')
    AND list_contains($metrics, c.metric_id)
    AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  GROUP BY coalesce(c.org_id, ''), c.zone_id
)
SELECT
  coalesce(o.group_name, b.org_id) AS group_id,
  b.zone_id,
  count(*) FILTER (WHERE b.org_id <> '') AS firms,
  bool_and(o.org_id IS NOT NULL) AS is_registered,
  min(coalesce(o.group_name, o.org_name, b.org_id)) AS name,
  sum(b.exp_direct)::DECIMAL(20, 2) AS exp_direct,
  sum(b.exp_fund_cost)::DECIMAL(20, 2) AS exp_fund_cost,
  sum(b.exp_invest_first)::DECIMAL(20, 2) AS exp_invest_first,
  sum(b.exp_guarantee)::DECIMAL(20, 2) AS exp_guarantee,
  sum(b.exp_pool)::DECIMAL(20, 2) AS exp_pool,
  sum(b.exp_fund_fair)::DECIMAL(20, 2) AS exp_fund_fair,
  sum(b.exp_bank)::DECIMAL(20, 2) AS exp_bank,
  sum(b.exp_flows)::DECIMAL(20, 2) AS exp_flows
FROM by_firm AS b
LEFT JOIN core.organization AS o ON o.org_id = b.org_id
GROUP BY coalesce(o.group_name, b.org_id), b.zone_id
