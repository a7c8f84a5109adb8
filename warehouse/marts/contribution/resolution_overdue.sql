-- 逾期议定事项：时限已过而未办结，自时限次日起，至办结之日止。
-- grain: key, counts_from
SELECT
  concat_ws('/', r.department_id, r.sender, r.resolution_id) AS key,
  'resolution' AS entity_kind,
  r.resolution_id AS entity_id,
  r.due_on AS occurred_on,
  coalesce(r.due_precision, 'D') AS occurred_precision,
  r.due_on + 1 AS counts_from,
  r.closed_on AS counts_until,
  1 AS value,
  'na' AS zone_id,
  r.responsible_department_id AS department_id,
  r.department_id AS reported_by,
  r.meeting_id AS category,
  false AS is_pending,
  r.known_at,
  r.row_id,
  r.source_row_ids
FROM core.resolution AS r
WHERE r.due_on IS NOT NULL AND (r.status <> 'closed' OR r.closed_on > r.due_on + 1)
