-- 终止：根项目自终止或撤回起，到再次进入任一阶段为止。
-- grain: root_project_id, row_id
-- 从未终止过的项目不必排序。
WITH moves AS (
  SELECT e.root_project_id, e.occurred_on, e.occurred_precision, e.row_id, e.file_id, e.department_id, e.sender,
    e.event_type IN ('terminate', 'withdraw') AS is_exit
  FROM core.stage_event AS e
  WHERE NOT e.is_void AND e.event_type IN ('enter', 'reenter', 'terminate', 'withdraw')
),
followed AS (
  SELECT m.*, lead(m.occurred_on) OVER (PARTITION BY m.root_project_id ORDER BY m.occurred_on, m.row_id) AS next_on
  FROM moves AS m
  WHERE m.root_project_id IN (SELECT x.root_project_id FROM moves AS x WHERE x.is_exit)
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
WHERE m.is_exit AND (m.next_on IS NULL OR m.next_on > m.occurred_on)
