-- 延期任务：现行时限晚于原时限的在册任务，原时限照旧可见。
-- grain: key, counts_from
SELECT
  t.task_id AS key,
  'task' AS entity_kind,
  t.task_id AS entity_id,
  t.valid_from AS occurred_on,
  'D' AS occurred_precision,
  t.valid_from AS counts_from,
  t.valid_until AS counts_until,
  1 AS value,
  'na' AS zone_id,
  t.responsible_department_id AS department_id,
  t.department_id AS reported_by,
  t.clause_id AS category,
  false AS is_pending,
  t.known_at,
  t.row_id,
  t.source_row_ids
FROM core.task_version AS t
WHERE t.status NOT IN ('stopped', 'done')
  AND t.original_due_on < t.due_on
