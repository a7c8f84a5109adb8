-- 在有效期内的应用友好单位；有效期至当日仍有效，再次认定的只计一次。
-- grain: key, counts_from
SELECT
  u.scenario_id AS key,
  'friendly_unit' AS entity_kind,
  u.scenario_id AS entity_id,
  u.recognised_on AS occurred_on,
  u.recognised_precision AS occurred_precision,
  u.recognised_on AS counts_from,
  u.ended_on AS counts_until,
  1 AS value,
  u.zone_id,
  u.department_id,
  u.sender AS reported_by,
  u.org_id,
  false AS is_pending,
  u.known_at,
  u.row_id,
  u.source_row_ids
FROM core.friendly_unit AS u
WHERE coalesce(u.ended_on, DATE '9999-12-31') > u.recognised_on
