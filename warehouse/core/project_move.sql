-- 流动：根项目每进入一次阶段、每终止一次为一行，从哪里到哪里。
-- grain: root_project_id, moved_on, to_stage_id
-- in 为首次进入，out 为终止或撤回；同日几次的按阶段顺序，终止在后。
WITH steps AS (
  SELECT v.root_project_id, v.entered_on AS moved_on, v.entered_precision AS moved_precision, v.stage_id AS to_stage_id, v.stage_order AS to_order,
    v.project_id, v.own_zone_id, v.row_id
  FROM core.stage_visit AS v
  UNION ALL
  SELECT t.root_project_id, t.terminated_on AS moved_on, t.occurred_precision AS moved_precision, 'out' AS to_stage_id, 99 AS to_order,
    e.project_id, e.own_zone_id, t.row_id
  FROM core.termination AS t
  JOIN core.stage_event AS e ON e.row_id = t.row_id
  QUALIFY row_number() OVER (PARTITION BY t.root_project_id, t.terminated_on ORDER BY e.told_row_id) = 1
)
SELECT
  s.root_project_id,                  -- 根项目编号
  s.moved_on,                         -- 日期
  s.moved_precision,                  -- 日期精度
  coalesce(lag(s.to_stage_id) OVER w, 'in') AS from_stage_id, -- 从哪个阶段；in 为首次进入，out 为终止后
  s.to_stage_id,                      -- 到哪个阶段；out 为终止或撤回
  s.project_id,                       -- 项目编号
  s.own_zone_id,                      -- 事件自填的空间
  s.row_id                            -- 来源行
FROM steps AS s
WINDOW w AS (PARTITION BY s.root_project_id ORDER BY s.moved_on, s.to_order)
