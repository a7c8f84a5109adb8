-- 统计量：不是逐行求和的指标，各由哪个函数、据哪些指标的行算得。
-- grain: metric_id
SELECT
  s.metric_id,                        -- 指标代码
  s.computed_by,                      -- 计算它的函数，模块:函数；空为没有报表，不能算
  s.inputs                            -- 输入的指标，空格分隔；都是求和的
FROM given.statistics AS s
