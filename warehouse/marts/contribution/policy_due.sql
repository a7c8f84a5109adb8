-- 到期环节：时限已到的环节，自时限之日起；时限之前未获批的不在内。
-- grain: key, counts_from
SELECT
  d.key,
  d.entity_kind,
  d.entity_id,
  d.due_on AS occurred_on,
  d.due_precision AS occurred_precision,
  d.due_on AS counts_from,
  1 AS value,
  'na' AS zone_id,
  d.responsible_department_id AS department_id,
  d.department_id AS reported_by,
  d.item_kind AS category,
  false AS is_pending,
  d.known_at,
  d.row_id,
  d.source_row_ids
FROM core.policy_due AS d
WHERE coalesce(d.declined_on >= d.due_on, true)
