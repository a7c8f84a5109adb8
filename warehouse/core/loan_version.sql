-- 贷款随时间：一份合同一段时间一行。
-- grain: department_id, sender, contract_id, valid_from
SELECT
  v.*,
  l.org_id IS NOT NULL AS is_lender_known, -- 金融机构是否在主体库，否为待登记
  b.org_id IS NOT NULL AS is_borrower_known, -- 企业是否在主体库，否为待登记
  g.org_id IS NOT NULL AS is_guarantor_known -- 担保机构是否在主体库，否为待登记
FROM given.loans_version AS v
LEFT JOIN core.organization AS l ON l.org_id = v.lender_org_id
LEFT JOIN core.organization AS b ON b.org_id = v.borrower_org_id
LEFT JOIN core.organization AS g ON g.org_id = v.guarantor_org_id
