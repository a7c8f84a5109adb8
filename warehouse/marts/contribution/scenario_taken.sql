-- 揭榜的应用场景，按揭榜日期。
-- grain: key, counts_from
SELECT
  s.scenario_id AS key,
  'scenario' AS entity_kind,
  s.scenario_id AS entity_id,
  s.taken_on AS occurred_on,
  s.taken_precision AS occurred_precision,
  s.taken_on AS counts_from,
  1 AS value,
  s.zone_id,
  s.department_id,
  s.sender AS reported_by,
  s.org_id,
  false AS is_pending,
  s.known_at,
  s.row_id,
  s.source_row_ids
FROM core.scenario_course AS s
WHERE s.taken_on IS NOT NULL
