-- What was told of rules and applications by $v: every step of every item, with the checklist's entry it belongs to; items in the order of their first step.
SELECT
  s.item_key,
  coalesce(m.entry_id, '') AS entry_id,
  s.item_id,
  s.item_name,
  s.item_kind,
  s.clause_id,
  s.is_clause_known,
  coalesce(CASE WHEN $language = 'en' THEN d.name_en END, d.name_zh, s.unit_name) AS unit,
  s.responsible_department_id,
  s.step,
  s.step_on,
  coalesce(s.step_precision, 'D') AS step_precision,
  s.document_no,
  s.is_catalogued,
  s.row_id
FROM core.policy_step AS s
LEFT JOIN core.policy_match AS m USING (item_key)
LEFT JOIN ref.department AS d ON d.department_id = s.responsible_department_id
WHERE s.step_on <= $v
ORDER BY min(s.step_on) OVER (PARTITION BY s.item_key), s.item_key, s.step_on, s.step_order, s.row_id
