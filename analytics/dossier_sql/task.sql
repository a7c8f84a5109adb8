-- A task as its list stood at $v.
SELECT
  t.content AS name,
  t.status,
  t.due_on,
  t.due_precision,
  t.original_due_on,
  t.original_due_precision,
  CASE WHEN t.done_on <= $v THEN t.done_on END AS done_on,
  t.done_precision,
  coalesce(CASE WHEN $language = 'en' THEN d.name_en END, d.name_zh, t.unit_name) AS unit,
  t.partner_names,
  t.clause_id,
  t.evidence_id,
  t.valid_from AS listed_on
FROM core.task_version AS t
LEFT JOIN ref.department AS d ON d.department_id = t.responsible_department_id
WHERE t.task_id = $id AND t.valid_from <= $v
ORDER BY t.valid_from DESC
LIMIT 1
