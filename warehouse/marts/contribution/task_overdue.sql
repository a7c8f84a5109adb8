-- 逾期任务：时限已过而未完成，自时限次日起，至完成之日止。
-- grain: key, counts_from
SELECT
  t.task_id AS key,
  'task' AS entity_kind,
  t.task_id AS entity_id,
  t.due_on AS occurred_on,
  coalesce(t.due_precision, 'D') AS occurred_precision,
  t.due_on + 1 AS counts_from,
  CASE WHEN t.status = 'done' THEN t.done_on END AS counts_until, -- a date of completion beside another status ends nothing
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
  AND (t.status <> 'done' OR t.done_on > t.due_on + 1)
