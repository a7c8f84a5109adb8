-- 应用友好单位的认定：一次认定一行，取它最近一次登记；同一单位再次认定的，前一次到再认定之日为止。
-- grain: scenario_id
-- 没有填有效期的，在名录上即为有效；从名录上消失的，自消失之日起不再有效。
WITH latest_only AS (
  SELECT v.*
  FROM core.scenario_version AS v
  WHERE v.scenario_kind = 'friendly_unit'
  QUALIFY row_number() OVER (PARTITION BY v.scenario_id ORDER BY v.valid_from DESC) = 1
),
renewed AS (
  SELECT l.*, lead(l.published_on) OVER (PARTITION BY l.org_id ORDER BY l.published_on, l.scenario_id) AS renewed_on
  FROM latest_only AS l
)
SELECT
  r.scenario_id,                      -- 编号
  coalesce(o.org_name, r.scenario_name) AS unit_name, -- 单位名称
  r.org_id,                           -- 单位
  r.is_org_known,                     -- 单位是否在主体库
  coalesce(p.zone_id, 'unplaced') AS zone_id, -- 空间：认定当日的主要场所
  r.published_on AS recognised_on,    -- 认定日期
  coalesce(r.published_precision, 'D') AS recognised_precision, -- 认定日期精度
  r.valid_until_on,                   -- 有效期至，空为未填
  r.valid_until_on + 1 AS expired_on, -- 到期之次日
  r.renewed_on,                       -- 再次认定之日
  r.valid_until AS gone_on,           -- 从名录上消失之日
  least(r.valid_until_on + 1, r.renewed_on, r.valid_until) AS ended_on, -- 这次认定不再有效之日，空为至今有效
  r.purchase_cny,                     -- 采购金额（元）
  r.department_id,                    -- 报送部门
  r.sender,                           -- 报送主体
  r.known_at,                         -- 何时得知
  r.row_id,                           -- 来源行
  r.source_row_ids                    -- 各部门的来源行
FROM renewed AS r
LEFT JOIN core.organization AS o ON o.org_id = r.org_id
LEFT JOIN core.organization_place AS p ON p.org_id = r.org_id AND p.valid_from <= r.published_on AND (p.valid_until IS NULL OR p.valid_until > r.published_on)
