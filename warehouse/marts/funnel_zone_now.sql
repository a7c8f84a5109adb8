-- 分空间的漏斗各数：最新截至日各漏斗指标按阶段、分类、发生空间与项目空间的行数与项目数；其他日子和有筛选的，按同一查询另算。
-- grain: metric_id, stage_id, category, zone_id, last_zone_id, first_zone_id
WITH day AS (
  SELECT max(f.as_of) AS as_of
  FROM raw.file AS f
  WHERE f.is_standing
)
SELECT
  c.metric_id,                        -- 指标
  c.stage_id,                         -- 阶段
  coalesce(c.category, '') AS category, -- 分类
  c.zone_id,                          -- 空间
  t.last_zone_id,                     -- 根项目的末次空间
  t.first_zone_id,                    -- 根项目的首次空间
  count(*)::INTEGER AS contributions, -- 计数行数
  list_min(max(c.occurred_on, 50)) AS latest_on, -- 最近五十行自何日起；不足五十行的为最早一行
  list_max(min(c.occurred_on, 20)) AS earliest_on, -- 最早二十行到何日止；不足二十行的为最近一行
  count(DISTINCT CASE WHEN c.metric_id = 'funnel_regressed' THEN c.entity_id END)::INTEGER AS projects -- 其中退回过的根项目数；其他指标不计
FROM mart.contribution AS c
JOIN day AS d ON c.counts_from <= d.as_of AND (c.counts_until IS NULL OR c.counts_until > d.as_of)
LEFT JOIN core.project_trait AS t ON t.root_project_id = c.entity_id AND t.valid_from <= d.as_of AND (t.valid_until IS NULL OR t.valid_until > d.as_of)
WHERE c.metric_id IN ('funnel_stock', 'funnel_between', 'funnel_reached', 'funnel_terminated', 'funnel_moves', 'funnel_gate_passed',
  'funnel_gate_failed', 'funnel_regressed', 'funnel_overdue') AND true /* chosen c.entity_id */ AND true /* zone c.zone_id */
GROUP BY ALL
