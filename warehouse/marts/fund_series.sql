-- 基金流水序列：每只基金一行，有净进出的各日与当日净额，按日排好；内部收益率由此计算。
-- grain: fund_id
-- 由精确的金额相减之后才转为浮点数：求根不需要更多位数，页面读一行比读几千行快一倍以上。
SELECT
  d.fund_id,                          -- 基金编号
  list(d.on_day - DATE '1970-01-01' ORDER BY d.on_day) AS days, -- 各日，1970 年 1 月 1 日起的天数
  list(round((d.distributed_cny - d.called_cny)::DOUBLE * 100, 4) ORDER BY d.on_day) AS net_fen, -- 投资人的净额：分配减实缴（分）
  list(round((d.exited_cny - d.invested_cny)::DOUBLE * 100, 4) ORDER BY d.on_day) AS gross_fen -- 项目的净额：退出回收减已投（分）
FROM mart.fund_day AS d
WHERE d.called_cny <> d.distributed_cny OR d.invested_cny <> d.exited_cny
GROUP BY d.fund_id
