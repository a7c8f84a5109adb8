-- 落地的应用场景，按落地日期。
-- grain: key, counts_from
SELECT
  s.scenario_id AS key,
  'scenario' AS entity_kind,
  s.scenario_id AS entity_id,
  s.landed_on AS occurred_on,
  s.landed_precision AS occurred_precision,
  s.landed_on AS counts_from,
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
WHERE s.landed_on IS NOT NULL
