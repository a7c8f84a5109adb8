-- 在谈线索，已签约、尚未入驻的。
-- grain: key, counts_from
SELECT
  l.key,
  'lead' AS entity_kind,
  l.lead_id AS entity_id,
  s.entered_on AS occurred_on,
  s.entered_precision AS occurred_precision,
  s.entered_on AS counts_from,
  s.left_on AS counts_until,
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
JOIN core.lead_step AS s ON s.key = l.key AND s.step_id = 'lead_signed'
WHERE s.left_on IS NULL OR s.left_on > s.entered_on
