-- 在途年龄：最新截至日在途的根项目按阶段与进入日期的个数。
-- grain: stage_id, entered_on
SELECT
  a.stage_id,
  a.entered_on,
  sum(a.projects)::INTEGER AS projects -- 个数
FROM mart.age_zone_now AS a
GROUP BY a.stage_id, a.entered_on
