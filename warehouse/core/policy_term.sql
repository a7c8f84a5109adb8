-- 清单事项的时限：据任务分解，取同一条款没有下级的任务；内容写到该事项的优先，有几项的取最晚的时限。
-- grain: entry_id
WITH leaves AS (
  SELECT t.*
  FROM core.task AS t
  WHERE t.status <> 'stopped' AND t.task_id NOT IN (SELECT p.parent_task_id FROM core.task AS p WHERE p.parent_task_id IS NOT NULL)
)
SELECT
  e.entry_id,                         -- 清单事项
  t.task_id,                          -- 任务编号
  t.due_on,                           -- 现行时限
  t.due_precision,                    -- 时限的精度
  CASE WHEN t.original_due_on < t.due_on THEN t.original_due_on END AS original_due_on, -- 原时限，延期的才有
  t.department_id,                    -- 报送部门
  t.known_at,                         -- 知悉时刻
  t.row_id                            -- 来源行
FROM ref.policy_entry AS e
JOIN leaves AS t ON t.clause_id = e.clause_id
QUALIFY row_number() OVER (PARTITION BY e.entry_id
  ORDER BY regexp_matches(regexp_replace(t.content, '[“”‘’"（）() 　]', '', 'g'), e.keywords) DESC, t.due_on DESC, t.task_id) = 1
