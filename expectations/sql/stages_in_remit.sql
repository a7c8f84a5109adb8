-- 各部门只报自己职责内的阶段：促进中心可报任何阶段，工信和数据局、园区运营主体报中试及以后。
-- checked: core.stage_event WHERE NOT is_void
-- by: row_id
SELECT
  e.event_id,
  e.department_id || ' ' || s.name_zh AS found,
  e.row_id
FROM core.stage_event AS e
JOIN ref.stage AS s USING (stage_id)
WHERE NOT e.is_void AND e.department_id <> 'D08'
  AND (e.department_id NOT IN ('D04', 'D10') OR s.stage_order < (SELECT p.stage_order FROM ref.stage AS p WHERE p.stage_id = 'pilot'))
ORDER BY found, e.event_id
