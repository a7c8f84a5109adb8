-- 敞口与风险分担的限额：取值空白的未定；别处的做法只供参考，不作默认。
-- grain: exposure_limit_id
SELECT
  l.exposure_limit_id,                -- 限额代码
  l.name_zh,                          -- 名称
  l.name_en,                          -- 英文名称
  l.value::DECIMAL(20, 6) AS value,   -- 取值：比例 0–1、倍数或元，空为未定
  l.unit,                             -- 单位：比例 / 倍 / 元
  l.status,                           -- 已定 / 拟定 / 未定
  l.valid_from::DATE AS valid_from,   -- 自何日起
  l.source,                           -- 依据的文件
  l.comparator_zh,                    -- 别处的做法，引用前须核对原文
  l.comparator_en                     -- 别处的做法（英文）
FROM given.exposure_limits AS l
