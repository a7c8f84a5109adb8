-- 未获批的事项：自未获批之日起；后来又获批的不在内。
-- grain: key, counts_from
SELECT
  c.item_key AS key,
  'policy_item' AS entity_kind,
  c.item_id AS entity_id,
  c.declined_on AS occurred_on,
  c.declined_precision AS occurred_precision,
  c.declined_on AS counts_from,
  1 AS value,
  'na' AS zone_id,
  c.responsible_department_id AS department_id,
  c.department_id AS reported_by,
  c.item_kind AS category,
  false AS is_pending,
  c.known_at,
  c.declined_row_id AS row_id,
  c.source_row_ids
FROM core.policy_course AS c
WHERE c.declined_on IS NOT NULL AND c.done_on IS NULL
