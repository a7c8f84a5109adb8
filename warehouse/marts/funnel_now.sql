-- 漏斗各数合计：最新截至日各漏斗指标按阶段、分类的行数与项目数。
-- grain: metric_id, stage_id, category
-- 同一项目在两个空间发生的，各计一次。
SELECT
  f.metric_id,
  f.stage_id,
  f.category,
  sum(f.contributions)::INTEGER AS contributions, -- 计数行数
  sum(f.projects)::INTEGER AS projects -- 其中退回过的根项目数；其他指标不计
FROM mart.funnel_zone_now AS f
GROUP BY f.metric_id, f.stage_id, f.category
