-- 部门与报送主体：实施意见点名的十二个部门（D）和外部主体（E）。
-- grain: department_id
SELECT
  d.department_id,                    -- 部门代码
  d.name_zh,                          -- 名称
  d.name_en,                          -- 英文名称
  d.aliases_zh,                       -- 别名，以 | 分隔
  d.duty_zh                           -- 职责
FROM given.departments AS d
