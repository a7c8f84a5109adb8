-- 时长合计：截至最新截至日，首次进入各阶段的根项目按天数与结果的个数。
-- grain: clock, stage_id, half_year, observed_days, days, cause
SELECT
  p.clock,
  p.stage_id,
  p.half_year,
  p.observed_days,
  p.days,
  p.cause,
  sum(p.projects)::INTEGER AS projects -- 个数
FROM mart.passage_zone_now AS p
GROUP BY p.clock, p.stage_id, p.half_year, p.observed_days, p.days, p.cause
