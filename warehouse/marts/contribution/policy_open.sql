-- 在办的事项：自起步之日起，至印发、获批或未获批之日止。
-- grain: key, counts_from
SELECT
  c.item_key AS key,
  'policy_item' AS entity_kind,
  c.item_id AS entity_id,
  c.begun_on AS occurred_on,
  c.begun_precision AS occurred_precision,
  c.begun_on AS counts_from,
  least(c.done_on, c.declined_on) AS counts_until,
  1 AS value,
  'na' AS zone_id,
  c.responsible_department_id AS department_id,
  c.department_id AS reported_by,
  c.item_kind AS category,
  false AS is_pending,
  c.known_at,
  c.begun_row_id AS row_id,
  c.source_row_ids
FROM core.policy_course AS c
WHERE coalesce(c.done_on > c.begun_on, true) AND coalesce(c.declined_on > c.begun_on, true)
