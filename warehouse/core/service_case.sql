-- 一体化服务办件：一件一行，后报的更正先报的，作废的不在内。
-- grain: department_id, sender, case_id
SELECT
  v.* EXCLUDE (validity),
  o.org_id IS NOT NULL AS is_applicant_known -- 申请主体是否在主体库，否为待登记
FROM given.service_cases_latest AS v
LEFT JOIN core.organization AS o ON o.org_id = v.applicant_org_id
