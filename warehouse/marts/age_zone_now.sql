-- 分空间的在途年龄：最新截至日在途的根项目按阶段、进入日期与空间的个数；其他日子和有筛选的，按同一查询另算。
-- grain: stage_id, entered_on, zone_id, last_zone_id, first_zone_id
WITH day AS (
  SELECT max(f.as_of) AS as_of
  FROM raw.file AS f
  WHERE f.is_standing
)
SELECT
  c.stage_id,                         -- 阶段
  c.occurred_on AS entered_on,        -- 进入日期
  c.zone_id,                          -- 空间
  t.last_zone_id,                     -- 根项目的末次空间
  t.first_zone_id,                    -- 根项目的首次空间
  count(*)::INTEGER AS projects       -- 个数
FROM mart.contribution AS c
JOIN day AS d ON c.counts_from <= d.as_of AND (c.counts_until IS NULL OR c.counts_until > d.as_of)
LEFT JOIN core.project_trait AS t ON t.root_project_id = c.entity_id AND t.valid_from <= d.as_of AND (t.valid_until IS NULL OR t.valid_until > d.as_of)
WHERE c.metric_id = 'funnel_stock' AND true /* chosen c.entity_id */ AND true /* zone c.zone_id */
GROUP BY c.stage_id, c.occurred_on, c.zone_id, t.last_zone_id, t.first_zone_id
