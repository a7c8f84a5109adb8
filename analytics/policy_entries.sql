-- The checklist with who answers for each entry, and its term by the task force's list.
SELECT
  e.entry_id,
  e.name_zh,
  e.name_en,
  e.kind,
  e.clause_id,
  string_split(e.departments, ' ') AS department_ids,
  (SELECT list(coalesce(CASE WHEN $language = 'en' THEN d.name_en END, d.name_zh) ORDER BY list_position(string_split(e.departments, ' '), d.department_id))
    FROM ref.department AS d WHERE list_contains(string_split(e.departments, ' '), d.department_id)) AS departments,
  c.responsibility = 'stated' AS is_owner_stated,
  e.basis = 'stated' AS is_stated,
  e.wording,
  t.due_on,
  coalesce(t.due_precision, 'D') AS due_precision,
  t.original_due_on,
  t.task_id,
  t.row_id AS task_row_id
FROM ref.policy_entry AS e
JOIN ref.clause AS c USING (clause_id)
LEFT JOIN core.policy_term AS t USING (entry_id)
ORDER BY list_position(['rule', 'plan', 'application', 'advocacy'], e.kind), e.place
