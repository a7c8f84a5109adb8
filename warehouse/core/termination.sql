-- 终止：根项目自其下最后一个在途的项目终止或撤回起，到再次进入任一阶段为止。
-- grain: root_project_id, row_id
-- 一期终止而二期仍在途的，不算终止。从未终止过的项目不必排序。
WITH moves AS (
  SELECT e.root_project_id, e.project_id, e.occurred_on, e.occurred_precision, e.told_row_id, e.row_id, e.file_id, e.department_id, e.sender,
    e.event_type IN ('terminate', 'withdraw') AS is_exit
  FROM core.stage_event AS e
  WHERE e.is_counted AND e.event_type IN ('enter', 'reenter', 'terminate', 'withdraw')
),
opened AS (
  SELECT m.*, (NOT m.is_exit)::INTEGER
    - lag((NOT m.is_exit)::INTEGER, 1, 0) OVER (PARTITION BY m.project_id ORDER BY m.occurred_on, m.told_row_id) AS opened
  FROM moves AS m
  WHERE m.root_project_id IN (SELECT x.root_project_id FROM moves AS x WHERE x.is_exit)
),
followed AS (
  SELECT o.*, sum(o.opened) OVER w AS still_open, lead(o.occurred_on) OVER w AS next_on
  FROM opened AS o
  WINDOW w AS (PARTITION BY o.root_project_id ORDER BY o.occurred_on, o.told_row_id)
)
SELECT
  m.root_project_id,                  -- 根项目编号
  m.occurred_on AS terminated_on,     -- 终止日期
  m.occurred_precision,               -- 日期精度
  m.next_on AS reopened_on,           -- 再次进入或再次终止的日期，空为至今
  m.department_id,                    -- 报送部门
  m.sender,                           -- 报送主体
  f.received_at AS known_at,          -- 何时得知
  m.row_id                            -- 来源行
FROM followed AS m
JOIN raw.file AS f ON f.file_id = m.file_id
WHERE m.is_exit AND m.still_open = 0 AND (m.next_on IS NULL OR m.next_on > m.occurred_on)
