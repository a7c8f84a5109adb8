-- 已入驻且其项目进入了研发或以后阶段的线索。
-- grain: key, counts_from
SELECT
  l.key,
  'lead' AS entity_kind,
  l.lead_id AS entity_id,
  l.pipeline_on AS occurred_on,
  l.pipeline_precision AS occurred_precision,
  l.pipeline_on AS counts_from,
  1 AS value,
  l.zone_id,
  l.department_id,
  l.sender AS reported_by,
  l.org_id,
  l.office_name AS category,
  false AS is_pending,
  l.known_at,
  l.row_id,
  [l.stage_row_id] AS source_row_ids
FROM core.lead_course AS l
WHERE l.pipeline_on IS NOT NULL
