-- 基金出资随时间：一只基金一个出资人一段时间一行。
-- grain: department_id, sender, fund_id, investor_org_id, valid_from
SELECT
  v.*,
  o.org_id IS NOT NULL AS is_investor_known, -- 出资人是否在主体库，否为待登记
  f.fund_id IS NOT NULL AS is_fund_listed -- 基金是否在基金台账
FROM given.fund_commitments_version AS v
LEFT JOIN core.organization AS o ON o.org_id = v.investor_org_id
LEFT JOIN core.fund AS f ON f.fund_id = v.fund_id
