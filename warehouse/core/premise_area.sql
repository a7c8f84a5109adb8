-- 空间单元随时间，按计数行的样子：一个单元一段时间一行，面积为平方米。
-- grain: key, counts_from
SELECT
  v.unit_id AS key,                   -- 自然键：空间单元编号
  'premise' AS entity_kind,           -- 对象种类
  v.unit_id AS entity_id,             -- 空间单元编号
  coalesce(v.opened_on, v.valid_from) AS occurred_on, -- 投用日期，未填的为名单的截至日
  coalesce(v.opened_precision, 'D') AS occurred_precision, -- 日期精度
  v.valid_from AS counts_from,        -- 自何日起计（含）
  v.valid_until AS counts_until,      -- 到何日止（不含），空为至今
  v.zone_id,                          -- 空间
  v.department_id,                    -- 报送部门
  v.sender AS reported_by,            -- 报送主体
  v.building_name AS category,        -- 楼宇
  false AS is_pending,                -- 待佐证：面积不判
  v.known_at,                         -- 何时得知
  v.row_id,                           -- 来源行
  v.source_row_ids,                   -- 各部门的来源行
  v.status = 'in_use' AS is_open,     -- 是否投用
  v.built_m2,                         -- 建筑面积
  v.lettable_m2,                      -- 可租面积
  v.let_m2,                           -- 已租面积
  v.idle_m2,                          -- 认定闲置面积
  v.revived_m2                        -- 盘活面积
FROM core.premise_version AS v
