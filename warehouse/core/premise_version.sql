-- 空间单元随时间：一个单元一段时间一行；几个部门都报的，按列取最近的非空值。
-- grain: unit_id, valid_from
SELECT
  v.*,
  coalesce(a.zone_id, 'unplaced') AS zone_id -- 空间代码；写法不识的为未落区
FROM given.premises_version AS v
LEFT JOIN core.place_name AS a ON a.alias = translate(v.space_name, '（） 　', '()')
