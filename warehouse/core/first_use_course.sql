-- 五首的认定与首次应用：同一研制单位的同一产品、同一级别只认一次，一次认定一行；重复登记的取先认定的。
-- grain: product_id
-- 首次应用取这个产品各次登记里最早的一次，一个产品只算一次（is_first_use）；有级别而没有认定日期的，自得知之日起计，不计时（精度 Y）。
WITH used AS (
  SELECT f.maker_org_id, f.product_kind, f.product_name, arg_min(f.product_id, (f.first_used_on, f.product_id)) AS used_product_id
  FROM core.first_use AS f
  WHERE f.first_used_on IS NOT NULL
  GROUP BY f.maker_org_id, f.product_kind, f.product_name
),
recognised AS (
  SELECT f.*,
    coalesce(f.recognised_on, f.known_at::DATE) AS on_day,
    CASE WHEN f.recognised_on IS NULL THEN 'Y' ELSE coalesce(f.recognised_precision, 'D') END AS on_precision
  FROM core.first_use AS f
  WHERE f.recognised_on IS NOT NULL OR f.level IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY f.maker_org_id, f.product_kind, f.product_name, f.level
    ORDER BY coalesce(f.recognised_on, f.known_at::DATE), f.product_id) = 1
)
SELECT
  r.product_id,                       -- 产品编号
  r.product_name,                     -- 产品名称
  'first_' || r.product_kind AS category, -- 类别
  coalesce(r.level, 'unrated') AS level, -- 认定级别
  r.on_day AS recognised_on,          -- 认定日期
  r.on_precision AS recognised_precision, -- 认定日期精度；Y 也可能是不知何日
  r.maker_org_id,                     -- 研制单位
  coalesce(m.zone_id, 'unplaced') AS zone_id, -- 空间：研制单位认定当日的主要场所
  w.first_used_on,                    -- 这个产品的首次应用日期，空为未应用
  coalesce(w.first_used_precision, 'D') AS first_used_precision, -- 首次应用日期精度
  w.first_used_on IS NOT NULL AND row_number() OVER (PARTITION BY r.maker_org_id, r.product_kind, r.product_name ORDER BY r.on_day, r.product_id) = 1
    AS is_first_use,                  -- 首次应用记在这一行：几个级别都认定的，记在先认定的
  w.user_org_id,                      -- 应用单位
  CASE WHEN w.user_org_id IS NULL THEN 'buyer_unstated' WHEN u.org_id IS NULL THEN 'buyer_unregistered' ELSE 'buyer_' || u.org_kind END
    AS buyer_kind,                    -- 应用单位类型
  CASE WHEN u.org_id IS NULL THEN 'unplaced' ELSE coalesce(b.zone_id, 'outside') END
    AS buyer_zone_id,                 -- 应用单位首次应用当日的主要场所；在主体库而没有园区场所的为区外，待登记的为未落区
  w.purchase_cny,                     -- 采购金额（元）
  r.outcome_id,                       -- 成果编号
  r.is_outcome_listed,                -- 成果是否已报
  r.department_id,                    -- 报送部门
  r.sender,                           -- 报送主体
  r.known_at,                         -- 何时得知
  r.row_id,                           -- 来源行（认定）
  list_append(r.source_row_ids, w.row_id) AS source_row_ids -- 其他来源行：各部门填报、首次应用
FROM recognised AS r
LEFT JOIN used AS e ON e.maker_org_id = r.maker_org_id AND e.product_kind = r.product_kind AND e.product_name = r.product_name
LEFT JOIN core.first_use AS w ON w.product_id = e.used_product_id
LEFT JOIN core.organization AS u ON u.org_id = w.user_org_id
LEFT JOIN core.organization_place AS m ON m.org_id = r.maker_org_id AND m.valid_from <= r.on_day AND (m.valid_until IS NULL OR m.valid_until > r.on_day)
LEFT JOIN core.organization_place AS b ON b.org_id = w.user_org_id AND b.valid_from <= w.first_used_on
  AND (b.valid_until IS NULL OR b.valid_until > w.first_used_on)
