-- 平台随时间：一个平台一段时间一行；几个部门都报的，按列取最近的非空值。
-- grain: platform_id, valid_from
SELECT
  v.*,
  coalesce(a.zone_id, 'unplaced') AS zone_id, -- 空间代码；写法不识的为未落区
  coalesce(v.entity_id, v.platform_id) AS body_id, -- 实体：一个实验室可以有几块牌子
  o.org_id IS NOT NULL AS is_lead_known -- 牵头单位是否在主体库，否为待登记
FROM given.platforms_version AS v
LEFT JOIN core.place_name AS a ON a.alias = translate(v.space_name, '（） 　', '()')
LEFT JOIN core.organization AS o ON o.org_id = v.lead_org_id
