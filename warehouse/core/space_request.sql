-- 场所需求：一件一行，后报的更正先报的，作废的不在内。
-- grain: department_id, sender, request_id
SELECT
  v.* EXCLUDE (validity),
  coalesce(p.zone_id, 'unplaced') AS zone_id, -- 满足在哪个空间
  p.unit_id IS NOT NULL AS is_unit_listed, -- 空间单元是否在载体台账
  o.org_id IS NOT NULL AS is_applicant_known -- 申请主体是否在主体库，否为待登记
FROM given.space_requests_latest AS v
LEFT JOIN core.premise AS p ON p.unit_id = v.unit_id
LEFT JOIN core.organization AS o ON o.org_id = v.applicant_org_id
