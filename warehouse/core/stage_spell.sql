-- 阶段停留：项目每进入一次阶段为一段，到通过、退回、终止、撤回或进入别的阶段为止。
-- grain: row_id
-- 未通过、暂停、恢复、迁移不结束停留；同日多事按报送顺序。
WITH moves AS (
  SELECT e.root_project_id, e.project_id, e.stage_id, e.occurred_on, e.own_zone_id, e.told_row_id, e.row_id,
    e.event_type IN ('enter', 'reenter') AS is_entry,
    e.event_type IN ('pass', 'regress') AS is_within
  FROM core.stage_event AS e
  WHERE e.is_counted AND e.event_type IN ('enter', 'reenter', 'pass', 'regress', 'terminate', 'withdraw')
),
followed AS (
  SELECT m.*,
    lead(m.occurred_on) OVER (PARTITION BY m.project_id, m.stage_id ORDER BY m.occurred_on, m.told_row_id) AS next_in_stage_on,
    min(m.occurred_on) FILTER (NOT m.is_within) OVER (PARTITION BY m.project_id ORDER BY m.occurred_on, m.told_row_id
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS next_move_on
  FROM moves AS m
)
SELECT
  f.root_project_id,                  -- 根项目编号
  f.project_id,                       -- 项目编号
  f.stage_id,                         -- 阶段
  f.occurred_on AS entered_on,        -- 进入日期
  least(f.next_in_stage_on, f.next_move_on) AS left_on, -- 离开日期，空为仍在
  f.own_zone_id,                      -- 事件自填的空间
  f.told_row_id,                      -- 首次报送它的行
  f.row_id                            -- 来源行（进入事件）
FROM followed AS f
WHERE f.is_entry
