-- The rows of the asked metrics that count at $v, added up by enterprise group and zone: one column a metric. '' names no firm.
SELECT
  coalesce(o.group_name, c.org_id, '') AS group_id,
  c.zone_id,
  count(DISTINCT c.org_id) AS firms,
  bool_and(o.org_id IS NOT NULL) AS is_registered,
  min(coalesce(o.group_name, o.org_name, c.org_id, '')) AS name,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_direct'), 0)::DECIMAL(20, 2) AS exp_direct,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_fund_cost'), 0)::DECIMAL(20, 2) AS exp_fund_cost,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_invest_first'), 0)::DECIMAL(20, 2) AS exp_invest_first,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_guarantee'), 0)::DECIMAL(20, 2) AS exp_guarantee,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_pool'), 0)::DECIMAL(20, 2) AS exp_pool,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_fund_fair'), 0)::DECIMAL(20, 2) AS exp_fund_fair,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_bank'), 0)::DECIMAL(20, 2) AS exp_bank,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'exp_flows'), 0)::DECIMAL(20, 2) AS exp_flows
FROM mart.contribution AS c
LEFT JOIN core.organization AS o ON o.org_id = c.org_id
WHERE list_contains($metrics, c.metric_id)
  AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
GROUP BY ALL
