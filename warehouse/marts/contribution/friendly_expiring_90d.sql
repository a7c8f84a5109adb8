-- 九十天内到期的应用友好单位，自到期前九十天起，至不再有效为止。
-- grain: key, counts_from
SELECT
  u.scenario_id AS key,
  'friendly_unit' AS entity_kind,
  u.scenario_id AS entity_id,
  greatest(u.valid_until_on - 90, u.recognised_on) AS occurred_on,
  'D' AS occurred_precision,
  greatest(u.valid_until_on - 90, u.recognised_on) AS counts_from,
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
WHERE u.valid_until_on IS NOT NULL AND coalesce(u.ended_on, DATE '9999-12-31') > greatest(u.valid_until_on - 90, u.recognised_on)
