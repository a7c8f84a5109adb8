-- 阶段停留：项目每进入一次阶段为一段，到通过、退回、终止、撤回或进入别的阶段为止。
-- grain: row_id
-- 未通过、暂停、恢复、迁移不结束停留；同日多事按报送顺序。
WITH moves AS ( -- few columns: they are put in order
  SELECT e.project_id, e.stage_id, e.occurred_on, e.told_row_id, e.row_id, e.event_type,
    CASE WHEN e.event_type NOT IN ('pass', 'regress') THEN e.stage_id END AS begun_stage_id -- what ends a stay in whatever stage begins the next
  FROM core.stage_event AS e
  WHERE e.is_counted AND e.event_type IN ('enter', 'reenter', 'pass', 'regress', 'terminate', 'withdraw')
),
within AS (
  SELECT m.*, last_value(m.begun_stage_id IGNORE NULLS) OVER (PARTITION BY m.project_id ORDER BY m.occurred_on, m.told_row_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS stayed_stage_id
  FROM moves AS m
),
next AS ( -- a pass or return from another stage than the one stayed in ends nothing
  SELECT w.row_id, w.event_type, lead(w.row_id) OVER (PARTITION BY w.project_id ORDER BY w.occurred_on, w.told_row_id) AS left_row_id
  FROM within AS w
  WHERE w.stage_id = w.stayed_stage_id OR w.begun_stage_id IS NOT NULL
),
followed AS (
  SELECT e.*, n.left_row_id, l.occurred_on AS left_on, l.occurred_precision AS left_precision, l.event_type AS left_by, l.stage_id AS left_stage_id
  FROM next AS n
  JOIN core.stage_event AS e ON e.row_id = n.row_id
  LEFT JOIN core.stage_event AS l ON l.row_id = n.left_row_id
  WHERE n.event_type IN ('enter', 'reenter')
)
SELECT
  f.root_project_id,                  -- 根项目编号
  f.project_id,                       -- 项目编号
  f.stage_id,                         -- 阶段
  f.occurred_on AS entered_on,        -- 进入日期
  f.occurred_precision AS entered_precision, -- 进入日期的精度
  f.left_on,                          -- 离开日期，空为仍在
  f.left_precision,                   -- 离开日期的精度
  CASE WHEN f.left_by NOT IN ('enter', 'reenter') THEN f.left_by
    WHEN ls.stage_order > s.stage_order THEN 'advance'
    WHEN ls.stage_order < s.stage_order THEN 'regress'
    WHEN f.left_stage_id = f.stage_id THEN 'repeat' END AS outcome, -- 怎样离开：advance 进入后面阶段 / pass 通过 / regress 退回 / terminate 终止 / withdraw 撤回 / repeat 又报进入；空为仍在
  CASE WHEN f.left_by IN ('enter', 'reenter') THEN f.left_stage_id END AS to_stage_id, -- 离开即进入的阶段
  f.own_zone_id,                      -- 事件自填的空间
  f.told_row_id,                      -- 首次报送它的行
  f.left_row_id,                      -- 来源行（离开事件）
  f.row_id                            -- 来源行（进入事件）
FROM followed AS f
JOIN ref.stage AS s ON s.stage_id = f.stage_id
LEFT JOIN ref.stage AS ls ON ls.stage_id = f.left_stage_id
