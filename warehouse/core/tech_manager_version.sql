-- 技术经理人随时间：一个编号一段时间一行，不含个人信息。
-- grain: department_id, sender, manager_id, valid_from
SELECT
  v.*,
  o.org_id IS NOT NULL AS is_org_known -- 所属机构是否在主体库，否为待登记
FROM given.tech_managers_version AS v
LEFT JOIN core.organization AS o ON o.org_id = v.org_id
