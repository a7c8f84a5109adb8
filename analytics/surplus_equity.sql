-- Surplus funds invested as equity, approved by $v, the latest first.
SELECT
  s.investment_id,
  coalesce(o.org_name, s.org_id) AS institute,
  coalesce(i.org_name, s.firm_org_id) AS firm,
  p.project_name AS project,
  s.surplus_cny AS surplus,
  s.equity_cny AS equity,
  s.holding_share AS share,
  s.approval_no,
  s.approved_on,
  s.is_title_clear,
  s.is_title_evidenced
FROM core.surplus_equity AS s
LEFT JOIN core.organization AS o ON o.org_id = s.org_id
LEFT JOIN core.organization AS i ON i.org_id = s.firm_org_id
LEFT JOIN core.project AS p ON p.project_id = s.project_id
WHERE s.approved_on <= $v
ORDER BY s.approved_on DESC, s.investment_id
