-- 平台牌子随时间，按计数行的样子：一块牌子一段时间一行。
-- grain: key, counts_from
SELECT
  v.platform_id AS key,               -- 自然键：平台编号
  'platform' AS entity_kind,          -- 对象种类
  v.platform_id AS entity_id,         -- 平台编号
  coalesce(v.opened_on, v.valid_from) AS occurred_on, -- 投用日期，未填的为名单的截至日
  coalesce(v.opened_precision, 'D') AS occurred_precision, -- 日期精度
  v.valid_from AS counts_from,        -- 自何日起计（含）
  v.valid_until AS counts_until,      -- 到何日止（不含），空为至今
  1 AS value,                         -- 计一个
  v.zone_id,                          -- 空间
  v.department_id,                    -- 报送部门
  v.sender AS reported_by,            -- 报送主体
  v.lead_org_id AS org_id,            -- 牵头单位
  v.platform_kind AS category,        -- 平台类型
  false AS is_pending,                -- 待佐证：平台不判
  v.known_at,                         -- 何时得知
  v.row_id,                           -- 来源行
  v.source_row_ids,                   -- 各部门的来源行
  v.status,                           -- applied 申报 / planned 规划 / under_construction 建设 / in_use 投用
  v.level,                            -- 级别，空为未定级
  v.field_name                        -- 垂直领域
FROM core.platform_version AS v
