-- 财政与筹资作为计数行：一个年度一个资金项目一段时间一行，写明各环节金额。
-- grain: key, counts_from
SELECT
  concat_ws('|', v.year_from, v.year_to, v.item_id) AS key, -- 自然键：年度与资金项目编号
  'funding' AS entity_kind,           -- 对象种类
  v.item_id AS entity_id,             -- 资金项目编号
  v.year_from AS occurred_on,         -- 年度首日
  'Y' AS occurred_precision,          -- 日期精度
  v.valid_from AS counts_from,        -- 自何日起计（含）：名单的截至日
  v.valid_until AS counts_until,      -- 到何日止（不含），空为现行
  'na' AS zone_id,                    -- 不分空间
  v.department_id,                    -- 报送部门
  nullif(v.sender, '') AS reported_by, -- 报送主体
  v.source AS category,               -- 来源
  v.requested_cny,                    -- 申报（元）
  v.budget_cny,                       -- 预算（元）
  v.issued_cny,                       -- 下达（元）
  v.received_cny,                     -- 到位（元）
  v.spent_cny,                        -- 支出（元）
  false AS is_pending,                -- 待佐证
  v.known_at,                         -- 何时得知（UTC）
  v.row_id,                           -- 来源行
  v.source_row_ids                    -- 其他来源行
FROM core.funding_version AS v
