-- 推进中的应用场景：已揭榜、尚未落地。
-- grain: key, counts_from
SELECT
  s.scenario_id AS key,
  'scenario' AS entity_kind,
  s.scenario_id AS entity_id,
  s.taken_on AS occurred_on,
  s.taken_precision AS occurred_precision,
  s.taken_on AS counts_from,
  least(s.landed_on, s.gone_on) AS counts_until,
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
WHERE s.taken_on IS NOT NULL AND coalesce(least(s.landed_on, s.gone_on), DATE '9999-12-31') > s.taken_on
