-- 应用场景的历程：一个场景一行，取它最近一次登记；空间为发布单位发布当日的主要场所。
-- grain: scenario_id
-- 未揭榜而过了有效期的为到期未揭榜；没有报揭榜日期而已落地的，揭榜自落地之日起计，不计时（精度 Y）。
WITH latest_only AS (
  SELECT v.*
  FROM core.scenario_version AS v
  WHERE v.scenario_kind = 'scenario'
  QUALIFY row_number() OVER (PARTITION BY v.scenario_id ORDER BY v.valid_from DESC) = 1
)
SELECT
  v.scenario_id,                      -- 编号
  v.scenario_name,                    -- 名称
  v.org_id,                           -- 发布单位
  v.is_org_known,                     -- 发布单位是否在主体库
  coalesce(p.zone_id, 'unplaced') AS zone_id, -- 空间
  v.published_on,                     -- 发布日期
  coalesce(v.published_precision, 'D') AS published_precision, -- 发布日期精度
  v.valid_until_on,                   -- 有效期至，空为未填
  coalesce(v.taken_up_on, v.landed_on) AS taken_on, -- 揭榜日期，空为未揭榜
  CASE WHEN v.taken_up_on IS NULL THEN 'Y' ELSE coalesce(v.taken_up_precision, 'D') END AS taken_precision, -- 揭榜日期精度
  v.landed_on,                        -- 落地日期，空为未落地
  coalesce(v.landed_precision, 'D') AS landed_precision, -- 落地日期精度
  CASE WHEN coalesce(v.taken_up_on, v.landed_on) IS NULL OR coalesce(v.taken_up_on, v.landed_on) > v.valid_until_on THEN v.valid_until_on + 1 END
    AS expired_on,                    -- 到期未揭榜之日
  v.valid_until AS gone_on,           -- 从名录上消失之日，空为仍在
  v.purchase_cny,                     -- 采购金额（元）
  v.department_id,                    -- 报送部门
  v.sender,                           -- 报送主体
  v.known_at,                         -- 何时得知
  v.row_id,                           -- 来源行
  v.source_row_ids                    -- 各部门的来源行
FROM latest_only AS v
LEFT JOIN core.organization_place AS p ON p.org_id = v.org_id AND p.valid_from <= v.published_on AND (p.valid_until IS NULL OR p.valid_until > v.published_on)
