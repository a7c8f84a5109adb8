-- 基金逐日净额：每只基金每个有净进出的日子一行，按基金与日期排好；内部收益率由此计算。
-- grain: fund_id, on_day
-- 由精确的金额相减之后才转为浮点数：求根不需要更多位数，页面读得快一倍以上。
SELECT
  d.fund_id,                          -- 基金编号
  d.on_day,                           -- 日期
  (d.distributed_cny - d.called_cny)::DOUBLE AS net_cny, -- 投资人的净额：分配减实缴（元）
  (d.exited_cny - d.invested_cny)::DOUBLE AS gross_cny -- 项目的净额：退出回收减已投（元）
FROM mart.fund_day AS d
WHERE d.called_cny <> d.distributed_cny OR d.invested_cny <> d.exited_cny
ORDER BY d.fund_id, d.on_day
