-- 五首产品：一个编号一行；几个部门都报的，按列取最近的非空值，作废的不在内。
-- grain: product_id
SELECT
  v.* EXCLUDE (validity),
  o.org_id IS NOT NULL AS is_maker_known, -- 研制单位是否在主体库，否为待登记
  u.org_id IS NOT NULL AS is_user_known, -- 应用单位是否在主体库，否为待登记
  c.outcome_id IS NOT NULL AS is_outcome_listed -- 成果是否已报
FROM given.first_uses_latest AS v
LEFT JOIN core.organization AS o ON o.org_id = v.maker_org_id
LEFT JOIN core.organization AS u ON u.org_id = v.user_org_id
LEFT JOIN core.outcome AS c ON c.outcome_id = v.outcome_id
