-- 重点转化方向：实施意见为七个承载区列出的 45 个方向。
-- grain: direction_id
SELECT
  d.direction_id,                     -- 方向代码
  d.zone_id,                          -- 所属承载区
  d.name_zh                           -- 名称
FROM given.directions AS d
