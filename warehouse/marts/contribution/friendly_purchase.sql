-- 应用友好单位的采购金额，按认定日期。
-- grain: key, counts_from
SELECT
  u.scenario_id AS key,
  'friendly_unit' AS entity_kind,
  u.scenario_id AS entity_id,
  u.recognised_on AS occurred_on,
  u.recognised_precision AS occurred_precision,
  u.recognised_on AS counts_from,
  u.purchase_cny AS value,
  u.zone_id,
  u.department_id,
  u.sender AS reported_by,
  u.org_id,
  false AS is_pending,
  u.known_at,
  u.row_id,
  u.source_row_ids
FROM core.friendly_unit AS u
WHERE u.purchase_cny IS NOT NULL
