-- 同一研制单位的同一产品，同一级别只认定一次；重复登记的只计先认定的一次。
-- checked: core.first_use
-- by: row_id
SELECT
  f.product_id,
  f.product_name || ' 与 ' || min_by(f.product_id, (f.recognised_on, f.product_id)) OVER w || ' 重复' AS found,
  f.row_id
FROM core.first_use AS f
WINDOW w AS (PARTITION BY f.maker_org_id, f.product_kind, f.product_name, coalesce(f.level, ''))
QUALIFY count(*) OVER w > 1 AND f.product_id <> min_by(f.product_id, (f.recognised_on, f.product_id)) OVER w
ORDER BY f.product_id
