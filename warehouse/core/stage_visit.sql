-- 根项目的阶段停留：根项目每进入一次阶段为一次，其下各期同处一阶段的、同一进入又报一遍的，合为一次。
-- grain: root_project_id, stage_id, visit_no
-- 转化自进入起计时，到首次进入任一后面的阶段（advanced_on）或终止、撤回（quit_on）为止；暂停、退回都不停表。
WITH repeated AS ( -- few enter a stage more than once: only their entries are put in order
  SELECT s.root_project_id, s.stage_id
  FROM core.stage_spell AS s
  GROUP BY s.root_project_id, s.stage_id
  HAVING count(*) > 1
),
parts AS (
  SELECT s.*,
    max(coalesce(s.left_on, DATE '9999-12-31')) OVER (PARTITION BY s.root_project_id, s.stage_id ORDER BY s.entered_on, s.told_row_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS open_until
  FROM core.stage_spell AS s
  SEMI JOIN repeated AS r ON r.root_project_id = s.root_project_id AND r.stage_id = s.stage_id
),
numbered AS (
  SELECT p.*, sum((p.open_until IS NULL OR p.entered_on > p.open_until)::INTEGER) OVER (PARTITION BY p.root_project_id, p.stage_id
    ORDER BY p.entered_on, p.told_row_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS visit_no
  FROM parts AS p
),
joined AS ( -- where several parts make one visit, the one that leaves last ends it
  SELECT n.visit_no::INTEGER AS visit_no, min_by(n.row_id, (n.entered_on, n.told_row_id)) AS row_id,
    max_by(n.row_id, (coalesce(n.left_on, DATE '9999-12-31'), n.told_row_id)) AS last_row_id
  FROM numbered AS n
  GROUP BY n.root_project_id, n.stage_id, n.visit_no
),
visits AS (
  SELECT 1 AS visit_no, s.*
  FROM core.stage_spell AS s
  ANTI JOIN repeated AS r ON r.root_project_id = s.root_project_id AND r.stage_id = s.stage_id
  UNION ALL BY NAME
  SELECT j.visit_no, s.* REPLACE (l.left_on AS left_on, l.left_precision AS left_precision, l.outcome AS outcome, l.left_row_id AS left_row_id)
  FROM joined AS j
  JOIN core.stage_spell AS s ON s.row_id = j.row_id
  JOIN core.stage_spell AS l ON l.row_id = j.last_row_id
),
ordered AS ( -- day and order in one number: its minimum is the first stage that was entered on the first day
  SELECT v.*, st.stage_order, CASE WHEN v.visit_no = 1 THEN (v.entered_on - DATE '1970-01-01') * 100 + st.stage_order END AS day_and_stage
  FROM visits AS v
  JOIN ref.stage AS st ON st.stage_id = v.stage_id
),
overtaken AS (
  SELECT o.row_id, min(o.day_and_stage) OVER (PARTITION BY o.root_project_id ORDER BY o.stage_order DESC
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS later
  FROM ordered AS o
  WHERE o.visit_no = 1
),
followed AS (
  SELECT o.*, t.later, DATE '1970-01-01' + (t.later // 100)::INTEGER AS later_on
  FROM ordered AS o
  LEFT JOIN overtaken AS t ON t.row_id = o.row_id
),
paused AS (
  SELECT v.row_id, sum(least(p.resumed_on, v.left_on) - greatest(p.suspended_on, v.entered_on)) AS suspended_days
  FROM visits AS v
  JOIN core.suspension AS p ON p.root_project_id = v.root_project_id AND p.stage_id = v.stage_id AND p.suspended_on >= v.entered_on
    AND (v.left_on IS NULL OR p.suspended_on < v.left_on)
  WHERE p.resumed_on IS NOT NULL OR v.left_on IS NOT NULL
  GROUP BY v.row_id
),
ends AS (
  SELECT t.*, lag(t.terminated_on) OVER (PARTITION BY t.root_project_id ORDER BY t.terminated_on) AS ended_before_on
  FROM core.termination AS t
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
  v.left_on,                          -- 离开日期，空为仍在
  v.left_precision,                   -- 离开日期的精度
  v.outcome,                          -- 怎样离开，同 core.stage_spell；空为仍在
  CASE WHEN v.later_on >= v.entered_on THEN v.later_on END AS advanced_on, -- 首次进入后面阶段的日期（首次停留）
  a.entered_precision AS advanced_precision, -- 该日期的精度
  a.stage_id AS advanced_stage_id,    -- 首先进入的后面阶段
  t.terminated_on AS quit_on,         -- 进入之后首次终止或撤回的日期
  t.occurred_precision AS quit_precision, -- 该日期的精度
  coalesce(v.later_on < v.entered_on, false) AS is_overtaken, -- 进入之前已进过后面的阶段：不计转化与停留时间
  coalesce(u.suspended_days, 0)::INTEGER AS suspended_days, -- 其中已结束的暂停天数
  v.own_zone_id,                      -- 事件自填的空间
  v.told_row_id,                      -- 首次报送它的行
  v.left_row_id,                      -- 来源行（离开事件）
  a.row_id AS advanced_row_id,        -- 来源行（进入后面阶段）
  t.row_id AS quit_row_id,            -- 来源行（终止或撤回）
  v.row_id                            -- 来源行（进入事件）
FROM followed AS v
LEFT JOIN core.project AS p ON p.project_id = v.project_id
LEFT JOIN ordered AS a ON a.root_project_id = v.root_project_id AND a.day_and_stage = v.later AND v.later_on >= v.entered_on
LEFT JOIN paused AS u ON u.row_id = v.row_id
LEFT JOIN ends AS t ON t.root_project_id = v.root_project_id AND t.terminated_on >= v.entered_on
  AND (t.ended_before_on IS NULL OR t.ended_before_on < v.entered_on)
