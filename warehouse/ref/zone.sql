-- 空间：一核、七个承载区，以及“区外”“未落区”两个对账口径。
-- grain: zone_id
SELECT
  z.zone_id,                          -- 空间代码
  z.kind,                             -- core 核心区 / carrier 承载区 / bucket 对账口径
  z.name_zh,                          -- 名称
  z.name_en,                          -- 英文名称
  z.function_zh,                      -- 功能定位（实施意见）
  z.function_en                       -- 英文功能定位
FROM given.zones AS z
