-- 根项目的阶段停留：根项目每进入一次阶段为一次，其下各期同处一阶段的、同一进入又报一遍的，合为一次。
-- grain: root_project_id, stage_id, visit_no
-- 转化自进入起计时，到首次进入任一后面的阶段（advanced_on）或终止、撤回（quit_on）为止；暂停、退回都不停表。
WITH parts AS (
  SELECT s.*, st.stage_order,
    max(coalesce(s.left_on, DATE '9999-12-31')) OVER (PARTITION BY s.root_project_id, s.stage_id ORDER BY s.entered_on, s.told_row_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS open_until
  FROM core.stage_spell AS s
  JOIN ref.stage AS st ON st.stage_id = s.stage_id
),
numbered AS (
  SELECT p.*, (p.open_until IS NULL OR p.entered_on > p.open_until)::INTEGER AS is_new,
    sum((p.open_until IS NULL OR p.entered_on > p.open_until)::INTEGER) OVER (PARTITION BY p.root_project_id, p.stage_id ORDER BY p.entered_on, p.told_row_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS visit_no
  FROM parts AS p
),
longest AS ( -- where several parts make one visit, the one that leaves last ends it
  SELECT n.root_project_id, n.stage_id, n.visit_no,
    max_by(n.row_id, (coalesce(n.left_on, DATE '9999-12-31'), n.told_row_id)) AS last_row_id
  FROM numbered AS n
  GROUP BY n.root_project_id, n.stage_id, n.visit_no
  HAVING count(*) > 1
),
visits AS (
  SELECT n.root_project_id, n.stage_id, n.stage_order, n.visit_no::INTEGER AS visit_no, n.project_id, n.entered_on, n.entered_precision, n.own_zone_id,
    n.told_row_id, n.row_id, coalesce(g.last_row_id, n.row_id) AS last_row_id
  FROM numbered AS n
  LEFT JOIN longest AS g ON g.root_project_id = n.root_project_id AND g.stage_id = n.stage_id AND g.visit_no = n.visit_no
  WHERE n.is_new = 1
),
first_visits AS ( -- day and order in one number: its minimum is the first stage that was entered on the first day
  SELECT v.*, (v.entered_on - DATE '1970-01-01') * 100 + v.stage_order AS day_and_stage
  FROM visits AS v
  WHERE v.visit_no = 1
),
overtaken AS (
  SELECT f.root_project_id, f.stage_id, min(f.day_and_stage) OVER (PARTITION BY f.root_project_id ORDER BY f.stage_order
    ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS later
  FROM first_visits AS f
),
paused AS (
  SELECT v.root_project_id, v.stage_id, v.visit_no, sum(least(p.resumed_on, l.left_on) - greatest(p.suspended_on, v.entered_on)) AS suspended_days
  FROM visits AS v
  JOIN core.stage_spell AS l ON l.row_id = v.last_row_id
  JOIN core.suspension AS p ON p.root_project_id = v.root_project_id AND p.stage_id = v.stage_id AND p.suspended_on >= v.entered_on
    AND (l.left_on IS NULL OR p.suspended_on < l.left_on)
  WHERE p.resumed_on IS NOT NULL OR l.left_on IS NOT NULL
  GROUP BY v.root_project_id, v.stage_id, v.visit_no
)
SELECT
  v.root_project_id,                  -- 根项目编号
  v.stage_id,                         -- 阶段
  v.stage_order,                      -- 阶段顺序
  v.visit_no,                         -- 第几次进入该阶段
  v.project_id,                       -- 首先进入的项目编号（根项目或其下一期）
  v.entered_on,                       -- 进入日期
  v.entered_precision,                -- 进入日期的精度
  greatest(v.entered_on, p.approved_on) AS observed_on, -- 自何日起在册可观察：进入日与立项日取晚者
  l.left_on,                          -- 离开日期，空为仍在
  l.left_precision,                   -- 离开日期的精度
  l.outcome,                          -- 怎样离开，同 core.stage_spell；空为仍在
  CASE WHEN DATE '1970-01-01' + (o.later // 100)::INTEGER >= v.entered_on THEN DATE '1970-01-01' + (o.later // 100)::INTEGER END AS advanced_on, -- 首次进入后面阶段的日期（首次停留）
  a.entered_precision AS advanced_precision, -- 该日期的精度
  a.stage_id AS advanced_stage_id,    -- 首先进入的后面阶段
  t.terminated_on AS quit_on,         -- 进入之后首次终止或撤回的日期
  t.occurred_precision AS quit_precision, -- 该日期的精度
  coalesce(DATE '1970-01-01' + (o.later // 100)::INTEGER < v.entered_on, false) AS is_overtaken, -- 进入之前已进过后面的阶段：不计转化与停留时间
  coalesce(u.suspended_days, 0)::INTEGER AS suspended_days, -- 其中已结束的暂停天数
  v.own_zone_id,                      -- 事件自填的空间
  v.told_row_id,                      -- 首次报送它的行
  l.left_row_id,                      -- 来源行（离开事件）
  a.row_id AS advanced_row_id,        -- 来源行（进入后面阶段）
  t.row_id AS quit_row_id,            -- 来源行（终止或撤回）
  v.row_id                            -- 来源行（进入事件）
FROM visits AS v
JOIN core.stage_spell AS l ON l.row_id = v.last_row_id
LEFT JOIN core.project AS p ON p.project_id = v.project_id
LEFT JOIN overtaken AS o ON o.root_project_id = v.root_project_id AND o.stage_id = v.stage_id AND v.visit_no = 1
LEFT JOIN first_visits AS a ON a.root_project_id = v.root_project_id AND a.stage_order = o.later % 100
  AND DATE '1970-01-01' + (o.later // 100)::INTEGER >= v.entered_on
LEFT JOIN paused AS u ON u.root_project_id = v.root_project_id AND u.stage_id = v.stage_id AND u.visit_no = v.visit_no
ASOF LEFT JOIN core.termination AS t ON t.root_project_id = v.root_project_id AND v.entered_on <= t.terminated_on
