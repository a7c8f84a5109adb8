-- 五首产品首次应用的采购金额；空间为应用单位所在。
-- grain: key, counts_from
SELECT
  f.product_id AS key,
  'first_use' AS entity_kind,
  f.product_id AS entity_id,
  f.first_used_on AS occurred_on,
  f.first_used_precision AS occurred_precision,
  greatest(f.first_used_on, f.recognised_on) AS counts_from,
  f.purchase_cny AS value,
  f.buyer_zone_id AS zone_id,
  f.department_id,
  f.sender AS reported_by,
  f.user_org_id AS org_id,
  f.category,
  false AS is_pending,
  f.known_at,
  f.row_id,
  f.source_row_ids
FROM core.first_use_course AS f
WHERE f.is_first_use AND f.purchase_cny IS NOT NULL
