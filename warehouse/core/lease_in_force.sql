-- 在租的租约随时间：名单载有它、且在租期之内的日子；止租当日仍在租。
-- grain: key, counts_from
SELECT
  v.lease_id AS key,                  -- 自然键：租约编号
  'tenancy' AS entity_kind,             -- 对象种类
  v.lease_id AS entity_id,            -- 租约编号
  v.unit_id,                          -- 空间单元编号
  v.area_m2,                          -- 面积（平方米）
  v.ends_on,                          -- 止租日期，空为未定
  coalesce(v.starts_on, v.valid_from) AS occurred_on, -- 起租日期
  coalesce(v.starts_precision, 'D') AS occurred_precision, -- 日期精度
  greatest(v.valid_from, v.starts_on) AS counts_from, -- 自何日起计（含）
  least(v.valid_until, v.ends_on + 1) AS counts_until, -- 到何日止（不含），空为至今
  v.zone_id,                          -- 空间
  v.department_id,                    -- 报送部门
  v.sender AS reported_by,            -- 报送主体
  v.tenant_org_id AS org_id,          -- 承租单位
  false AS is_pending,                -- 待佐证：租约不判
  v.known_at,                         -- 何时得知
  v.row_id,                           -- 来源行
  v.source_row_ids                    -- 各部门的来源行
FROM core.lease_version AS v
WHERE greatest(v.valid_from, v.starts_on) < coalesce(least(v.valid_until, v.ends_on + 1), DATE '9999-12-31')
