-- 有效期已过、没有再次认定的应用友好单位，自到期次日起。
-- grain: key, counts_from
SELECT
  u.scenario_id AS key,
  'friendly_unit' AS entity_kind,
  u.scenario_id AS entity_id,
  u.valid_until_on AS occurred_on,
  'D' AS occurred_precision,
  u.expired_on AS counts_from,
  least(u.renewed_on, u.gone_on) AS counts_until,
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
WHERE u.valid_until_on IS NOT NULL AND coalesce(least(u.renewed_on, u.gone_on), DATE '9999-12-31') > u.expired_on
