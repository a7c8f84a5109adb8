-- The products recognised by $v, those without a first use before those with one; $zone of the maker, NULL for all; $most of them, with how many there are.
SELECT
  f.product_id,
  f.product_name,
  f.category,
  f.level,
  f.recognised_on,
  f.recognised_precision,
  coalesce(m.org_name, f.maker_org_id) AS maker,
  CASE WHEN f.first_used_on <= $v THEN f.first_used_on END AS used_on,
  f.first_used_precision,
  CASE WHEN f.first_used_on <= $v THEN coalesce(u.org_name, f.user_org_id) END AS buyer,
  f.buyer_zone_id,
  CASE WHEN f.first_used_on <= $v AND f.is_first_use THEN f.purchase_cny END AS purchase_cny,
  f.outcome_id,
  o.outcome_name,
  o.project_id,
  p.project_name,
  count(*) OVER () AS products
FROM core.first_use_course AS f
LEFT JOIN core.organization AS m ON m.org_id = f.maker_org_id
LEFT JOIN core.organization AS u ON u.org_id = f.user_org_id
LEFT JOIN core.outcome AS o ON o.outcome_id = f.outcome_id
LEFT JOIN core.project AS p ON p.project_id = o.project_id
WHERE f.recognised_on <= $v AND ($zone IS NULL OR f.zone_id = $zone)
ORDER BY coalesce(f.first_used_on <= $v, false), CASE WHEN f.first_used_on <= $v THEN -epoch(f.first_used_on) ELSE epoch(f.recognised_on) END, f.product_id
LIMIT $most
