-- 有阶段事件的项目都已列入项目库；未列入的按自成一根计入，标“待建档”。
-- checked: (SELECT min(e.row_id) AS row_id FROM core.stage_event AS e WHERE NOT e.is_void GROUP BY e.project_id)
-- by: row_id
SELECT
  e.project_id,
  count(*) || ' 个事件' AS found,
  min(e.row_id) AS row_id
FROM core.stage_event AS e
WHERE NOT e.is_listed AND NOT e.is_void
GROUP BY e.project_id
ORDER BY e.project_id
