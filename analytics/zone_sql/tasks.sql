-- The tasks at $v under the clauses by which the policy speaks of a zone, the first due first.
SELECT
  t.task_id,
  t.content,
  coalesce(d.name_zh, t.unit_name) AS unit_zh,
  coalesce(d.name_en, t.unit_name) AS unit_en,
  t.due_on,
  t.status,
  t.status NOT IN ('done', 'stopped') AND t.due_on < $v AS is_overdue
FROM core.task_version AS t
LEFT JOIN ref.department AS d ON d.department_id = t.responsible_department_id
WHERE t.valid_from <= $v AND (t.valid_until IS NULL OR t.valid_until > $v)
  AND (t.clause_id IN (SELECT f.clause_id FROM ref.zone_facility AS f WHERE f.zone_id = $zone)
    OR $zone = 'core' AND t.clause_id IN (SELECT c.clause_id FROM ref.core_function AS c))
ORDER BY t.due_on, t.task_id
