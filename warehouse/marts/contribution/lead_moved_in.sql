-- 已入驻的线索，按入驻日期；没有入驻登记也没有租约的待佐证。
-- grain: key, counts_from
SELECT
  l.key,
  'lead' AS entity_kind,
  l.lead_id AS entity_id,
  l.moved_in_on AS occurred_on,
  l.moved_in_precision AS occurred_precision,
  l.moved_in_on AS counts_from,
  1 AS value,
  l.zone_id,
  l.department_id,
  l.sender AS reported_by,
  l.org_id,
  l.office_name AS category,
  l.is_unproved AS is_pending,
  l.known_at,
  l.row_id
FROM core.lead_course AS l
WHERE l.moved_in_on IS NOT NULL
