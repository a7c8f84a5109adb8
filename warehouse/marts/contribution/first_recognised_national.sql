-- 五首产品的认定，国家级的。
-- grain: key, counts_from
SELECT
  f.product_id AS key,
  'first_use' AS entity_kind,
  f.product_id AS entity_id,
  f.recognised_on AS occurred_on,
  f.recognised_precision AS occurred_precision,
  f.recognised_on AS counts_from,
  1 AS value,
  f.zone_id,
  f.department_id,
  f.sender AS reported_by,
  f.maker_org_id AS org_id,
  f.category,
  false AS is_pending,
  f.known_at,
  f.row_id,
  f.source_row_ids
FROM core.first_use_course AS f
WHERE f.level = 'national'
