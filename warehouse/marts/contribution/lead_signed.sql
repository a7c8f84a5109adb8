-- 已签约的线索，按签约日期。
-- grain: key, counts_from
SELECT
  l.key,
  'lead' AS entity_kind,
  l.lead_id AS entity_id,
  l.signed_on AS occurred_on,
  l.signed_precision AS occurred_precision,
  l.signed_on AS counts_from,
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
WHERE l.signed_on IS NOT NULL
