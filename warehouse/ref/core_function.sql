-- 核心区六项功能：实施意见为“一核”列出的里程碑，依载体台账，尚未接入。
-- grain: core_function_id
SELECT
  f.core_function_id,                 -- 功能代码，依实施意见的次序
  f.name_zh,                          -- 名称
  f.name_en,                          -- 英文名称
  f.clause_id                         -- 依据条款
FROM given.core_functions AS f
