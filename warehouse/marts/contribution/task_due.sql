-- 到期任务：在册、时限已到的任务；延期的按现行时限。
-- grain: key, counts_from
SELECT
  t.task_id AS key,
  'task' AS entity_kind,
  t.task_id AS entity_id,
  t.due_on AS occurred_on,
  coalesce(t.due_precision, 'D') AS occurred_precision,
  t.due_on AS counts_from,
  1 AS value,
  'na' AS zone_id,
  t.responsible_department_id AS department_id,
  t.department_id AS reported_by,
  t.clause_id AS category,
  false AS is_pending,
  t.known_at,
  t.row_id,
  t.source_row_ids
FROM core.task AS t
WHERE t.status <> 'stopped'
