-- 阶段经历：每个根项目首次进入每个阶段一行，停留与转化各用几天，供任一截至日的统计使用。
-- grain: root_project_id, stage_id
-- 只知月份或季度的日期，天数按期中计，何时算数仍按期末；只知年份的、次序颠倒的不计天数（is_timed）。
WITH entered AS (
  SELECT v.*,
    CASE v.entered_precision WHEN 'M' THEN v.entered_on - 15 WHEN 'Q' THEN v.entered_on - 45 ELSE v.entered_on END AS entered_at,
    CASE v.left_precision WHEN 'M' THEN v.left_on - 15 WHEN 'Q' THEN v.left_on - 45 ELSE v.left_on END AS left_at,
    CASE v.advanced_precision WHEN 'M' THEN v.advanced_on - 15 WHEN 'Q' THEN v.advanced_on - 45 ELSE v.advanced_on END AS advanced_at,
    CASE v.quit_precision WHEN 'M' THEN v.quit_on - 15 WHEN 'Q' THEN v.quit_on - 45 ELSE v.quit_on END AS quit_at
  FROM (
    SELECT v.*, p.zone_id
    FROM core.stage_visit AS v
    JOIN core.placed_visit AS p ON p.row_id = v.row_id AND p.placed_from = v.entered_on
    WHERE v.visit_no = 1
  ) AS v
)
SELECT
  e.root_project_id,                  -- 根项目编号
  e.stage_id,                         -- 阶段
  e.stage_order::TINYINT AS stage_order, -- 阶段顺序
  e.entered_on,                       -- 进入日期
  (year(e.entered_on) * 2 + (month(e.entered_on) > 6)::INTEGER)::SMALLINT AS half_year, -- 进入的半年：年×2，下半年加 1
  e.entered_at,                       -- 计天数的起点
  greatest(e.observed_on - e.entered_at, 0)::INTEGER AS observed_days, -- 进入后第几天起在册可观察；0 为自始
  e.left_on,                          -- 离开日期，空为仍在
  CASE WHEN e.left_at IS NOT NULL THEN greatest(e.left_at - e.entered_at, 0) END::INTEGER AS left_days, -- 停留天数
  e.advanced_on,                      -- 进入后面阶段的日期
  CASE WHEN e.advanced_at IS NOT NULL THEN greatest(e.advanced_at - e.entered_at, 0) END::INTEGER AS advanced_days, -- 用了几天
  e.quit_on,                          -- 终止或撤回的日期
  CASE WHEN e.quit_at IS NOT NULL THEN greatest(e.quit_at - e.entered_at, 0) END::INTEGER AS quit_days, -- 用了几天
  NOT e.is_overtaken AND e.entered_precision <> 'Y' AND coalesce(e.left_precision <> 'Y', true) AND coalesce(e.advanced_precision <> 'Y', true)
    AND coalesce(e.quit_precision <> 'Y', true) AS is_timed, -- 能否计天数
  e.zone_id,                          -- 进入时所在空间
  e.row_id                            -- 来源行（进入事件）
FROM entered AS e
