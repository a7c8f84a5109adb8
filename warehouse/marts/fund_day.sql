-- 基金逐日：每只基金每个有进出或估值变动的日子一行；内部收益率、J 曲线与缴付日历由此计算。
-- grain: fund_id, on_day
-- 公允价值记变动：自起计日加，到止计日减；至某日的合计即当日的公允价值。
WITH moves AS (
  SELECT t.fund_id, t.counts_from AS on_day, t.metric_id, t.value
  FROM mart.fund_total AS t
  WHERE t.metric_id IN ('fund_paid_in', 'fund_distributed', 'fund_invested', 'fund_exits', 'fund_fees', 'fund_fair_value')
  UNION ALL
  SELECT t.fund_id, t.counts_until AS on_day, t.metric_id, -t.value AS value
  FROM mart.fund_total AS t
  WHERE t.metric_id IN ('fund_paid_in', 'fund_distributed', 'fund_invested', 'fund_exits', 'fund_fees', 'fund_fair_value') AND t.counts_until IS NOT NULL
)
SELECT
  m.fund_id,                          -- 基金编号
  m.on_day,                           -- 日期
  coalesce(sum(m.value) FILTER (m.metric_id = 'fund_paid_in'), 0) AS called_cny, -- 实缴（元）
  coalesce(sum(m.value) FILTER (m.metric_id = 'fund_distributed'), 0) AS distributed_cny, -- 分配（元）
  coalesce(sum(m.value) FILTER (m.metric_id = 'fund_invested'), 0) AS invested_cny, -- 已投（元）
  coalesce(sum(m.value) FILTER (m.metric_id = 'fund_exits'), 0) AS exited_cny, -- 退出回收（元）
  coalesce(sum(m.value) FILTER (m.metric_id = 'fund_fees'), 0) AS fees_cny, -- 费用（元）
  coalesce(sum(m.value) FILTER (m.metric_id = 'fund_fair_value'), 0) AS revalued_cny -- 公允价值的变动（元）
FROM moves AS m
GROUP BY m.fund_id, m.on_day
