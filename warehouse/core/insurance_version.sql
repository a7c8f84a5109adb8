-- 科技保险随时间：一张保单一段时间一行。
-- grain: department_id, sender, policy_no, valid_from
SELECT
  v.*,
  i.org_id IS NOT NULL AS is_insurer_known, -- 保险机构是否在主体库，否为待登记
  o.org_id IS NOT NULL AS is_insured_known -- 企业是否在主体库，否为待登记
FROM given.insurances_version AS v
LEFT JOIN core.organization AS i ON i.org_id = v.insurer_org_id
LEFT JOIN core.organization AS o ON o.org_id = v.insured_org_id
