-- 2027 年目标：概念验证及小试、中试、转化落地、产值、空间布局。
-- grain: goal_id
SELECT
  g.goal_id,                          -- 目标代码
  g.metric_id,                        -- 衡量它的指标
  g.name_zh,                          -- 名称
  g.name_en,                          -- 英文名称
  g.target::DECIMAL(20, 6) AS target, -- 目标值
  g.unit,                             -- 单位
  g.base_on::DATE AS base_on,         -- 基准日（含）
  g.deadline_on::DATE AS deadline_on, -- 截止日（含）
  g.status,                           -- 口径状态：已定 / 拟定 / 未定
  g.clause_id                         -- 依据条款
FROM given.goals AS g
