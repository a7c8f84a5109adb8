-- 横向结余经费入股：一笔一行，后报的更正先报的，作废的不在内。
-- grain: department_id, sender, investment_id
SELECT
  v.* EXCLUDE (validity),
  o.org_id IS NOT NULL AS is_org_known, -- 出资的高校院所是否在主体库，否为待登记
  i.org_id IS NOT NULL AS is_firm_known, -- 企业是否在主体库，否为待登记
  p.project_id IS NOT NULL AS is_project_listed, -- 项目是否在项目库
  e.evidence_id IS NOT NULL AS is_title_evidenced -- 权属证明是否在佐证材料目录
FROM given.surplus_equity_latest AS v
LEFT JOIN core.organization AS o ON o.org_id = v.org_id
LEFT JOIN core.organization AS i ON i.org_id = v.firm_org_id
LEFT JOIN core.project AS p ON p.project_id = v.project_id
LEFT JOIN core.evidence AS e ON e.evidence_id = v.title_evidence_id
