-- 清单中已办结的事项：其下第一个事项印发或获批之日起。
-- grain: key, counts_from
SELECT
  c.entry_id AS key,
  'policy_entry' AS entity_kind,
  c.entry_id AS entity_id,
  c.done_on AS occurred_on,
  c.done_precision AS occurred_precision,
  c.done_on AS counts_from,
  1 AS value,
  'na' AS zone_id,
  c.responsible_department_id AS department_id,
  c.department_id AS reported_by,
  c.item_kind AS category,
  NOT coalesce(c.is_catalogued, false) AS is_pending,
  c.known_at,
  c.done_row_id AS row_id,
  c.source_row_ids
FROM core.policy_course AS c
WHERE c.entry_id IS NOT NULL AND c.done_on IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY c.entry_id ORDER BY c.done_on, c.done_row_id) = 1
