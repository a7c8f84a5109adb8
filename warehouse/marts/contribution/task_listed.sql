-- 任务数：任务台账在册、未中止的任务。
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
WHERE t.status <> 'stopped'
