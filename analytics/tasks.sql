-- The task force's list as it stood at $v: each task with its state, its parent, and how late it is or was.
SELECT
  t.task_id,
  t.parent_task_id,
  t.clause_id,
  t.is_clause_known,
  t.content,
  coalesce(CASE WHEN $language = 'en' THEN d.name_en END, d.name_zh, t.unit_name) AS unit,
  t.responsible_department_id,
  t.partner_names,
  t.due_on,
  t.due_precision,
  CASE WHEN t.original_due_on < t.due_on THEN t.original_due_on END AS original_due_on,
  CASE
    WHEN t.status = 'stopped' THEN 'stopped'
    WHEN t.status = 'done' THEN CASE WHEN coalesce(t.done_on, t.valid_from) > t.due_on THEN 'done_late' ELSE 'done' END
    WHEN t.due_on < $v THEN 'overdue'
    WHEN t.original_due_on < t.due_on THEN 'extended'
    WHEN t.status = 'not_started' THEN 'not_started'
    ELSE 'running'
  END AS state,
  t.done_on,
  t.done_precision,
  CASE WHEN t.status NOT IN ('done', 'stopped') AND t.due_on < $v THEN $v - t.due_on ELSE 0 END AS overdue_days,
  t.evidence_id,
  t.has_evidence,
  t.confidence,
  t.confidence_note,
  t.remedy,
  t.row_id
FROM core.task_version AS t
LEFT JOIN ref.department AS d ON d.department_id = t.responsible_department_id
WHERE t.valid_from <= $v AND (t.valid_until IS NULL OR t.valid_until > $v)
ORDER BY t.task_id
