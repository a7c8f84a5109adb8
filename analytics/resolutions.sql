-- What the joint meeting resolved by $v, the newest meeting first, and how each matter stands.
SELECT
  r.resolution_id,
  r.meeting_id,
  r.met_on,
  r.topic,
  r.resolution,
  coalesce(CASE WHEN $language = 'en' THEN d.name_en END, d.name_zh, r.unit_name) AS unit,
  r.responsible_department_id,
  r.due_on,
  CASE
    WHEN r.status = 'closed' THEN CASE WHEN r.closed_on > r.due_on THEN 'done_late' ELSE 'done' END
    WHEN r.due_on < $v THEN 'overdue'
    WHEN r.status = 'delayed' THEN 'extended'
    ELSE 'running'
  END AS state,
  r.closed_on,
  CASE WHEN r.status <> 'closed' AND r.due_on < $v THEN $v - r.due_on ELSE 0 END AS overdue_days,
  r.reminders,
  r.task_id,
  r.row_id
FROM core.resolution AS r
LEFT JOIN ref.department AS d ON d.department_id = r.responsible_department_id
WHERE r.met_on <= $v
ORDER BY r.met_on DESC, r.meeting_id, r.resolution_id
