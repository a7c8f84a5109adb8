-- 阶段停留所在的空间随时间：停留自进入起，项目改划承载区则前后各一段；离开以后仍记其所在。
-- grain: row_id, placed_from
SELECT
  v.root_project_id,                  -- 根项目编号
  v.stage_id,                         -- 阶段
  v.visit_no,                         -- 第几次进入该阶段
  greatest(v.entered_on, pp.valid_from) AS placed_from, -- 自何日起（含）
  pp.valid_until AS placed_until,     -- 到何日止（不含），空为至今
  coalesce(v.own_zone_id, pp.zone_id, 'unplaced') AS zone_id, -- 空间
  v.row_id                            -- 来源行（进入事件）
FROM core.stage_visit AS v
LEFT JOIN core.project_place AS pp ON pp.project_id = v.project_id AND v.own_zone_id IS NULL
  AND (pp.valid_until IS NULL OR pp.valid_until > v.entered_on)
