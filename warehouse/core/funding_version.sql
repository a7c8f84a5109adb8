-- 财政与筹资随时间：一个年度一个资金项目一段时间一行；几个部门都报的，按列取最近的非空值。
-- grain: year_from, year_to, item_id, valid_from
SELECT
  v.*
FROM given.fundings_version AS v
