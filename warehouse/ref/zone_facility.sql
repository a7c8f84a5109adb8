-- 实施意见为核心区和七个承载区逐一列出的依托载体、龙头企业与配套建设；核心区六项功能另在 ref.core_function。
-- grain: facility_id
SELECT
  f.facility_id,                      -- 编号，依实施意见的次序
  f.zone_id,                          -- 空间代码
  f.kind,                             -- anchor 依托载体 / leader 龙头企业 / facility 配套建设
  f.name_zh,                          -- 名称
  f.name_en,                          -- 英文名称
  f.aliases_zh,                       -- 别名，以 | 分隔
  f.status,                           -- 拟建 / 在建 / 投用 / 未接入；台账中有同名平台的，以台账为准
  f.clause_id                         -- 依据条款
FROM given.zone_facilities AS f
