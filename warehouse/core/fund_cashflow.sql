-- 基金流水：一笔一行，后报的更正先报的，作废的不在内。
-- grain: department_id, sender, flow_id
SELECT
  v.* EXCLUDE (validity),
  f.fund_id IS NOT NULL AS is_fund_listed, -- 基金是否在基金台账
  o.org_id IS NOT NULL AS is_counterparty_known, -- 对方是否在主体库，否为待登记
  p.project_id IS NOT NULL AS is_project_listed, -- 项目是否在项目库
  p.root_project_id                   -- 根项目编号
FROM given.fund_cashflows_latest AS v
LEFT JOIN core.fund AS f ON f.fund_id = v.fund_id
LEFT JOIN core.organization AS o ON o.org_id = v.counterparty_org_id
LEFT JOIN core.project AS p ON p.project_id = v.project_id
