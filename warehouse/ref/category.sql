-- 计数行的分类：平台类型、一体化服务六项、场所需求四类、权属类型与产值口径的名称；楼宇、垂直领域等部门自己的写法不在内。
-- grain: category_id
SELECT
  c.category_id,                      -- 分类代码
  c.kind,                             -- platform 平台类型 / service 服务类别 / request 需求类型 / right 权属 / calibre 产值口径 / milestone 里程碑 / policy 制度与申报
  c.name_zh,                          -- 名称
  c.name_en,                          -- 英文名称
  c.grouping_zh,                      -- 所属大类，依实施意见
  c.grouping_en,                      -- 大类的英文名称
  c.clause_id                         -- 依据条款，空为实施意见未列
FROM given.categories AS c
