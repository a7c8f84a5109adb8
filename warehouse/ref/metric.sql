-- 口径词典：每个指标的名称、单位、算法、口径版本和状态。
-- grain: metric_id
SELECT
  m.metric_id,                        -- 指标代码
  m.version::INTEGER AS version,      -- 口径版本
  m.valid_from::DATE AS valid_from,   -- 本版自何日起
  m.name_zh,                          -- 名称
  m.name_en,                          -- 英文名称
  m.unit,                             -- 单位
  m.aggregation,                      -- sum 求和 / distinct 去重 / ratio 比率 / statistic 统计量
  m.time_kind,                        -- cumulative 累计 / window 时段 / stock 存量
  m.numerator_id,                     -- 比率的分子
  m.denominator_id,                   -- 比率的分母
  m.part_of,                          -- 属于哪个指标的分项
  m.is_zoned::BOOLEAN AS is_zoned,    -- 是否分空间
  m.feeds,                            -- 缺了就不能知道此数的报表，空格分隔
  m.drill,                            -- rows 到行 / groups 到组
  m.owner_department_id,              -- 口径归口部门
  m.clause_ids,                       -- 依据条款
  m.status,                           -- 已定 / 拟定 / 未定
  m.decided_by,                       -- 决定的会议与日期
  m.statement_zh,                     -- 口径说明
  m.statement_en                      -- 英文口径说明
FROM given.metrics AS m
