-- 人才公寓各期的房源与轮候：一个房源点一段时间一行，自该期末日起，到下一期末日止。
-- grain: department_id, sender, site_id, counts_from
SELECT
  concat_ws('|', h.department_id, h.sender, h.site_id) AS key, -- 自然键：报送主体与房源点
  'housing_site' AS entity_kind,      -- 对象种类
  h.site_id AS entity_id,             -- 房源点编号
  h.period_to AS occurred_on,         -- 该期末日
  'M' AS occurred_precision,          -- 日期精度
  h.period_to AS counts_from,         -- 自何日起计（含）
  lead(h.period_to) OVER (PARTITION BY h.department_id, h.sender, h.site_id ORDER BY h.period_to, h.period_from) AS counts_until, -- 到何日止（不含），空为至今
  'na' AS zone_id,                    -- 不分空间
  h.department_id,                    -- 报送部门
  h.sender AS reported_by,            -- 报送主体
  h.site_id AS category,              -- 房源点
  false AS is_pending,                -- 待佐证：不判
  h.known_at,                         -- 何时得知
  h.row_id,                           -- 来源行
  h.source_row_ids,                   -- 各部门的来源行
  h.sender,                           -- 报送主体
  h.site_id,                          -- 房源点编号
  h.total,                            -- 总套数
  h.available,                        -- 可分配套数
  h.occupied,                         -- 在住套数
  h.waiting,                          -- 轮候人数
  h.mean_wait_days                    -- 平均轮候天数
FROM core.talent_housing AS h
QUALIFY h.period_to IS DISTINCT FROM counts_until
