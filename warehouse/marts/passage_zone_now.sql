-- 分空间的时长合计：截至最新截至日，首次进入各阶段的根项目按天数、结果与空间的个数；其他日子和有筛选的，按同一查询另算。
-- grain: clock, stage_id, half_year, observed_days, days, cause, zone_id, last_zone_id, first_zone_id
-- move：自进入到进入后面阶段（1）或终止、撤回（2）；stay：自进入到离开（1）。0 为截至日仍在进行。
WITH day AS (
  SELECT max(f.as_of) AS as_of
  FROM raw.file AS f
  WHERE f.is_standing
),
entered AS (
  SELECT p.*, d.as_of - p.entered_at AS open_days,
    p.advanced_on <= d.as_of AND (p.quit_on IS NULL OR p.advanced_on <= p.quit_on) AS has_advanced,
    p.quit_on <= d.as_of AS has_quit, p.left_on <= d.as_of AS has_left, t.last_zone_id, t.first_zone_id
  FROM mart.passage AS p
  JOIN day AS d ON p.entered_on <= d.as_of
  LEFT JOIN core.project_trait AS t ON t.root_project_id = p.root_project_id AND t.valid_from <= d.as_of AND (t.valid_until IS NULL OR t.valid_until > d.as_of)
  WHERE p.is_timed AND true /* chosen p.root_project_id */ AND true /* zone p.zone_id */
),
timed AS (
  SELECT 'move' AS clock, e.stage_id, e.half_year, e.observed_days, e.zone_id, e.last_zone_id, e.first_zone_id,
    CASE WHEN e.has_advanced THEN e.advanced_days WHEN e.has_quit THEN e.quit_days ELSE e.open_days END AS days,
    CASE WHEN e.has_advanced THEN 1 WHEN e.has_quit THEN 2 ELSE 0 END AS cause
  FROM entered AS e
  UNION ALL
  SELECT 'stay' AS clock, e.stage_id, e.half_year, e.observed_days, e.zone_id, e.last_zone_id, e.first_zone_id,
    CASE WHEN e.has_left THEN e.left_days ELSE e.open_days END AS days,
    CASE WHEN e.has_left THEN 1 ELSE 0 END AS cause
  FROM entered AS e
)
SELECT
  t.clock,                            -- 计时：move 转化 / stay 停留
  t.stage_id,                         -- 阶段
  t.half_year,                        -- 进入的半年：年×2，下半年加 1
  t.observed_days::INTEGER AS observed_days, -- 进入后第几天起在册可观察
  t.days::INTEGER AS days,            -- 天数
  t.cause::INTEGER AS cause,          -- 结果
  t.zone_id,                          -- 进入时所在空间
  t.last_zone_id,                     -- 根项目的末次空间
  t.first_zone_id,                    -- 根项目的首次空间
  count(*)::INTEGER AS projects       -- 个数
FROM timed AS t
GROUP BY ALL
