-- 基金逐月：每只基金每个有进出或估值变动的月份一行；J 曲线与按月、按年的缴付日历由此计算。
-- grain: fund_id, ends_on
SELECT
  d.fund_id,                          -- 基金编号
  last_day(d.on_day) AS ends_on,      -- 月末日
  sum(d.called_cny) AS called_cny,    -- 实缴（元）
  sum(d.distributed_cny) AS distributed_cny, -- 分配（元）
  sum(d.revalued_cny + d.called_cny - d.invested_cny - d.fees_cny + d.exited_cny - d.distributed_cny) AS worth_cny, -- 净值的变动：公允价值与账面未用资金（元）
  count(*) FILTER (d.called_cny <> 0 OR d.distributed_cny <> 0) AS moved_days -- 有实缴或分配的天数
FROM mart.fund_day AS d
GROUP BY d.fund_id, last_day(d.on_day)
