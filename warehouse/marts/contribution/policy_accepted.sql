-- 已受理的事项：申报和政策争取，自受理之日起；只报了获批、未获批的，自其日起。
-- grain: key, counts_from
SELECT
  c.item_key AS key,
  'policy_item' AS entity_kind,
  c.item_id AS entity_id,
  c.accepted_on AS occurred_on,
  c.accepted_precision AS occurred_precision,
  c.accepted_on AS counts_from,
  1 AS value,
  'na' AS zone_id,
  c.responsible_department_id AS department_id,
  c.department_id AS reported_by,
  c.item_kind AS category,
  false AS is_pending,
  c.known_at,
  c.accepted_row_id AS row_id,
  c.source_row_ids
FROM core.policy_course AS c
WHERE c.item_kind IN ('application', 'advocacy') AND c.accepted_on IS NOT NULL
