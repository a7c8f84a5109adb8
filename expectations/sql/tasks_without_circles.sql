-- 任务的上级关系不成环；成环的，各项平列在最后。
-- checked: core.task
-- by: row_id
WITH RECURSIVE above AS (
  SELECT t.task_id, t.parent_task_id AS ancestor_id, 1 AS steps
  FROM core.task AS t
  WHERE t.parent_task_id IS NOT NULL
  UNION
  SELECT a.task_id, p.parent_task_id AS ancestor_id, a.steps + 1 AS steps
  FROM above AS a
  JOIN core.task AS p ON p.task_id = a.ancestor_id
  WHERE p.parent_task_id IS NOT NULL AND a.ancestor_id <> a.task_id AND a.steps < 100
)
SELECT
  t.task_id,
  '上级 ' || t.parent_task_id AS found,
  t.row_id
FROM core.task AS t
WHERE EXISTS (FROM above AS a WHERE a.task_id = t.task_id AND a.ancestor_id = t.task_id)
ORDER BY t.task_id
