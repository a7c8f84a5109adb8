-- 敞口合计：同一企业、同一空间、同一层、同日起止的计数行合成一行，并找到它的企业集团；页面由此加总，不必逐份合同。
-- grain: org_id, zone_id, metric_id, counts_from, counts_until
SELECT
  coalesce(c.org_id, '') AS org_id,   -- 企业代码，空文本为没有写明
  any_value(coalesce(o.group_name, c.org_id, '')) AS group_id, -- 企业集团，没有集团的为企业代码
  any_value(coalesce(o.group_name, o.org_name, c.org_id, '')) AS name, -- 企业集团或企业的名称
  bool_and(o.org_id IS NOT NULL) AS is_registered, -- 是否在主体库
  c.zone_id,                          -- 空间
  c.metric_id,                        -- 敞口的层
  c.counts_from,                      -- 自何日起计（含）
  c.counts_until,                     -- 到何日止（不含），空为一直计
  sum(c.value)::DECIMAL(18, 2) AS value -- 金额（元）
FROM mart.contribution AS c
LEFT JOIN core.organization AS o ON o.org_id = c.org_id
WHERE c.metric_id IN ('exp_direct', 'exp_fund_cost', 'exp_fund_fair', 'exp_invest_first', 'exp_guarantee', 'exp_pool', 'exp_bank', 'exp_flows')
GROUP BY coalesce(c.org_id, ''), c.zone_id, c.metric_id, c.counts_from, c.counts_until
