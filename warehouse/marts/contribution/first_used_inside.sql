-- 已首次应用的五首产品，应用单位在一核七区的；分类为应用单位类型。
-- grain: key, counts_from
SELECT
  f.product_id AS key,
  'first_use' AS entity_kind,
  f.product_id AS entity_id,
  f.first_used_on AS occurred_on,
  f.first_used_precision AS occurred_precision,
  greatest(f.first_used_on, f.recognised_on) AS counts_from,
  1 AS value,
  f.buyer_zone_id AS zone_id,
  f.department_id,
  f.sender AS reported_by,
  f.user_org_id AS org_id,
  f.buyer_kind AS category,
  false AS is_pending,
  f.known_at,
  f.row_id,
  f.source_row_ids
FROM core.first_use_course AS f
WHERE f.is_first_use AND f.buyer_zone_id NOT IN ('outside', 'unplaced')
