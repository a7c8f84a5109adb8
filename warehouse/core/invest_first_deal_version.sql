-- 先投后股协议随时间：一份协议一段时间一行；几个部门都报的，按列取最近的非空值。
-- grain: agreement_id, valid_from
SELECT
  v.*,
  o.org_id IS NOT NULL AS is_org_known, -- 企业是否在主体库，否为待登记
  h.org_id IS NOT NULL AS is_holder_known, -- 代持单位是否在主体库，否为待登记
  p.project_id IS NOT NULL AS is_project_listed, -- 项目是否在项目库
  p.root_project_id                   -- 根项目编号
FROM given.invest_first_deals_version AS v
LEFT JOIN core.organization AS o ON o.org_id = v.org_id
LEFT JOIN core.organization AS h ON h.org_id = v.holder_org_id
LEFT JOIN core.project AS p ON p.project_id = v.project_id
