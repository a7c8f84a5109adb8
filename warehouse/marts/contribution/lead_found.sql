-- 招引线索，按线索日期；分类为驻点。
-- grain: key, counts_from
SELECT
  l.key,
  'lead' AS entity_kind,
  l.lead_id AS entity_id,
  l.found_on AS occurred_on,
  l.found_precision AS occurred_precision,
  l.found_on AS counts_from,
  1 AS value,
  l.zone_id,
  l.department_id,
  l.sender AS reported_by,
  l.org_id,
  l.office_name AS category,
  false AS is_pending,
  l.known_at,
  l.row_id
FROM core.lead_course AS l
