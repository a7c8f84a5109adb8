-- 基金随时间：一只基金一段时间一行。
-- grain: department_id, sender, fund_id, valid_from
SELECT
  v.*,
  o.org_id IS NOT NULL AS is_manager_known -- 管理人是否在主体库，否为待登记
FROM given.funds_version AS v
LEFT JOIN core.organization AS o ON o.org_id = v.manager_org_id
