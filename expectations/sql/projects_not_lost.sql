-- 离开项目库名单的项目都先有终了状态（完成、终止或作废）；名单中被退回的行不算离开。
-- checked: core.project
-- by: row_id
WITH newest AS (
  SELECT f.file_id, f.department_id, f.sender, f.as_of
  FROM raw.file AS f
  WHERE f.feed = 'projects' AND f.is_standing
  QUALIFY row_number() OVER (PARTITION BY f.department_id, f.sender ORDER BY f.as_of DESC) = 1
)
SELECT
  p.project_id,
  p.project_name || ' 最后见于 ' || p.listed_on AS found,
  p.row_id
FROM core.project AS p
JOIN raw.source_row AS s USING (row_id)
JOIN raw.file AS f USING (file_id)
JOIN newest AS n ON n.department_id = f.department_id AND n.sender IS NOT DISTINCT FROM f.sender AND n.as_of > f.as_of
WHERE p.status NOT IN ('completed', 'terminated', 'void')
  AND NOT EXISTS (FROM rejected.row AS r WHERE r.file_id = n.file_id AND r.key = p.project_id)
ORDER BY p.project_id
