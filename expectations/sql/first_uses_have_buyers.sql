-- 已首次应用的五首产品写明应用单位，有应用单位的写明首次应用日期。
-- checked: core.first_use AS f WHERE f.first_used_on IS NOT NULL OR f.user_org_id IS NOT NULL
-- by: row_id
SELECT
  f.product_id,
  CASE WHEN f.user_org_id IS NULL THEN '没有应用单位' ELSE '没有首次应用日期' END AS found,
  f.row_id
FROM core.first_use AS f
WHERE (f.first_used_on IS NULL) <> (f.user_org_id IS NULL)
ORDER BY f.product_id
