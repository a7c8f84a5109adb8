-- 已印发的制度和规划：自印发之日起；只报了备案的，自备案之日起。
-- grain: key, counts_from
SELECT
  c.item_key AS key,
  'policy_item' AS entity_kind,
  c.item_id AS entity_id,
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
WHERE c.item_kind IN ('rule', 'plan') AND c.done_on IS NOT NULL
