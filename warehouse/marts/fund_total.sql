-- 基金合计：同一指标、基金、分类、阶段、发生日与起止的计数行合成一行；基金页由此计算。
-- grain: metric_id, fund_id, category, stage_id, occurred_on, counts_from, counts_until
SELECT
  c.metric_id,
  c.entity_id AS fund_id,             -- 基金编号
  c.category,
  c.stage_id,
  c.occurred_on,
  c.counts_from,
  c.counts_until,
  sum(c.value) AS value,              -- 数值之和（元）
  count(*) AS contributions           -- 计数行数
FROM mart.contribution AS c
WHERE c.entity_kind = 'fund' AND c.metric_id NOT IN ('fund_nav', 'fund_unfunded')
GROUP BY ALL
