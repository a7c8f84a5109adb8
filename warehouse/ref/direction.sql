-- 重点转化方向：实施意见为七个承载区列出的 45 个方向。
-- grain: name_zh
-- 部门按名称填报，所以名称不得重复；编号的唯一由改表时保证。
SELECT
  d.direction_id,                     -- 方向代码
  d.zone_id,                          -- 所属承载区
  d.name_zh,                          -- 名称
  d.name_en                           -- 英文名称
FROM given.directions AS d
