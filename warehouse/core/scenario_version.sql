-- 应用场景与友好单位随时间：一个编号一段时间一行；几个部门都报的，按列取最近的非空值。
-- grain: scenario_id, valid_from
SELECT
  v.*,
  o.org_id IS NOT NULL AS is_org_known -- 单位是否在主体库，否为待登记
FROM given.scenarios_version AS v
LEFT JOIN core.organization AS o ON o.org_id = v.org_id
