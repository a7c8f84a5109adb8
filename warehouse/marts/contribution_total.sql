-- 计数合计：同一指标、同日起止、同一空间、同月发生的计数行合成一行；各日的合计由此加总，不必逐行。
-- grain: metric_id, counts_from, counts_until, zone_id, month_on
SELECT
  c.metric_id,
  c.counts_from,
  c.counts_until,
  c.zone_id,
  date_trunc('month', c.occurred_on)::DATE AS month_on, -- 发生月份的首日
  sum(c.value) AS value,              -- 数值之和
  count(*) AS contributions,          -- 计数行数
  count(*) FILTER (WHERE c.is_pending) AS pending -- 其中待佐证
FROM mart.contribution AS c
GROUP BY ALL
