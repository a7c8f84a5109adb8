-- 到期未揭榜的应用场景：过了有效期仍没有揭榜，自到期次日起；后来揭榜的至揭榜之日止。
-- grain: key, counts_from
SELECT
  s.scenario_id AS key,
  'scenario' AS entity_kind,
  s.scenario_id AS entity_id,
  s.expired_on - 1 AS occurred_on,
  'D' AS occurred_precision,
  s.expired_on AS counts_from,
  s.taken_on AS counts_until,
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
WHERE s.expired_on IS NOT NULL AND (s.gone_on IS NULL OR s.gone_on > s.expired_on) AND (s.taken_on IS NULL OR s.taken_on > s.expired_on)
