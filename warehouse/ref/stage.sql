-- 阶段：研发、概念验证、小试、中试、转化落地、产业化，依次排列。
-- grain: stage_id
SELECT
  s.stage_id,                         -- 阶段代码
  s.stage_order::INTEGER AS stage_order, -- 顺序，研发为 0
  s.name_zh,                          -- 名称
  s.name_en,                          -- 英文名称
  s.goal AS goal_id,                  -- 对应目标
  s.trl_low::INTEGER AS trl_low,      -- 相当的技术成熟度，低
  s.trl_high::INTEGER AS trl_high     -- 相当的技术成熟度，高
FROM given.stages AS s
