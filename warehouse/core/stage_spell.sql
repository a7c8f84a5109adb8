-- 阶段停留：项目每进入一次阶段为一段，到通过、退回、终止、撤回或进入别的阶段为止。
-- grain: row_id
-- 未通过、暂停、恢复、迁移不结束停留；同日多事按报送顺序。
WITH moves AS (
  SELECT e.root_project_id, e.project_id, e.stage_id, e.occurred_on, e.occurred_precision, e.own_zone_id, e.told_row_id, e.row_id, e.event_type,
    e.event_type IN ('enter', 'reenter') AS is_entry,
    e.event_type IN ('pass', 'regress') AS is_within
  FROM core.stage_event AS e
  WHERE e.is_counted AND e.event_type IN ('enter', 'reenter', 'pass', 'regress', 'terminate', 'withdraw')
),
numbered AS (
  SELECT m.*, row_number() OVER w AS step,
    count(*) FILTER (WHERE NOT m.is_within) OVER w AS leg -- an event that ends a stay in whatever stage begins the next leg
  FROM moves AS m
  WINDOW w AS (PARTITION BY m.project_id ORDER BY m.occurred_on, m.told_row_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
followed AS (
  SELECT n.*, lead(n.step) OVER (PARTITION BY n.project_id, n.stage_id ORDER BY n.step) AS next_in_stage
  FROM numbered AS n
),
begun AS ( -- the event that begins each leg
  SELECT n.project_id, n.leg, n.step
  FROM numbered AS n
  WHERE NOT n.is_within
),
ended AS (
  SELECT f.*, least(f.next_in_stage, b.step) AS last_step
  FROM followed AS f
  LEFT JOIN begun AS b ON b.project_id = f.project_id AND b.leg = f.leg + 1
  WHERE f.is_entry
)
SELECT
  f.root_project_id,                  -- 根项目编号
  f.project_id,                       -- 项目编号
  f.stage_id,                         -- 阶段
  f.occurred_on AS entered_on,        -- 进入日期
  f.occurred_precision AS entered_precision, -- 进入日期的精度
  l.occurred_on AS left_on,           -- 离开日期，空为仍在
  l.occurred_precision AS left_precision, -- 离开日期的精度
  CASE WHEN l.event_type NOT IN ('enter', 'reenter') THEN l.event_type
    WHEN ls.stage_order > s.stage_order THEN 'advance'
    WHEN ls.stage_order < s.stage_order THEN 'regress'
    WHEN l.stage_id = f.stage_id THEN 'repeat' END AS outcome, -- 怎样离开：advance 进入后面阶段 / pass 通过 / regress 退回 / terminate 终止 / withdraw 撤回 / repeat 又报进入；空为仍在
  CASE WHEN l.event_type IN ('enter', 'reenter') THEN l.stage_id END AS to_stage_id, -- 离开即进入的阶段
  f.own_zone_id,                      -- 事件自填的空间
  f.told_row_id,                      -- 首次报送它的行
  l.row_id AS left_row_id,            -- 来源行（离开事件）
  f.row_id                            -- 来源行（进入事件）
FROM ended AS f
JOIN ref.stage AS s ON s.stage_id = f.stage_id
LEFT JOIN numbered AS l ON l.project_id = f.project_id AND l.step = f.last_step
LEFT JOIN ref.stage AS ls ON ls.stage_id = l.stage_id
