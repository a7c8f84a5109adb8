-- 按期办结的议定事项：办结日期不晚于时限，自时限之日起计，与到期事项同一口径。
-- grain: key, counts_from
SELECT
  concat_ws('/', r.department_id, r.sender, r.resolution_id) AS key,
  'resolution' AS entity_kind,
  r.resolution_id AS entity_id,
  r.closed_on AS occurred_on,
  coalesce(r.closed_precision, 'D') AS occurred_precision,
  r.due_on AS counts_from,
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
WHERE r.status = 'closed' AND r.closed_on <= r.due_on
