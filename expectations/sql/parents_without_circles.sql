-- 项目的上级关系不成环；成环的，以环上编号最小者为根。
-- checked: core.project
-- by: row_id
WITH parents AS (
  SELECT p.project_id, p.row_id, p.root_project_id, r.parent_project_id
  FROM core.project AS p
  JOIN raw.projects AS r USING (row_id)
)
SELECT
  p.project_id,
  '上级 ' || p.parent_project_id AS found,
  p.row_id
FROM parents AS p
WHERE p.parent_project_id = p.project_id
  OR EXISTS (FROM parents AS q WHERE q.root_project_id = p.project_id AND p.parent_project_id IS NOT NULL)
ORDER BY p.project_id
