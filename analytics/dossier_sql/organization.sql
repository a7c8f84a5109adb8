-- An organization: what the register says of it, and what of it counts at $v.
SELECT
  o.org_name AS name,
  o.org_kind,
  o.origin,
  o.group_name,
  CASE WHEN o.is_leading THEN 'true' END AS is_leading,
  o.industry_code,
  coalesce(CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh) AS zone,
  o.moved_in_on,
  CASE WHEN o.moved_out_on <= $v THEN o.moved_out_on END AS moved_out_on,
  o.founded_on,
  o.listed_on,
  (SELECT nullif(count(DISTINCT p.root_project_id), 0) FROM core.project AS p WHERE p.lead_org_id = $id AND p.approved_on <= $v) AS projects,
  (SELECT nullif(count(*), 0) FROM core.outcome AS u WHERE u.implementer_org_id = $id AND NOT u.is_void AND u.landed_on <= $v) AS outcomes,
  (SELECT max(y.amount_cny) FROM (
     SELECT sum(m.amount_cny) AS amount_cny
     FROM core.output_month AS m
     WHERE m.org_id = $id AND m.outcome_id IS NULL AND m.period_to <= $v AND m.period_to > last_day($v - INTERVAL 12 MONTH)
     GROUP BY m.calibre) AS y) AS output_cny, -- of the firm as a whole; calibres do not add up
  (SELECT sum(l.balance_cny) FROM core.loan_stock AS l
   WHERE l.borrower_org_id = $id AND l.counts_from <= $v AND (l.counts_until IS NULL OR l.counts_until > $v)) AS loans_cny,
  (SELECT sum(b.principal_cny) FROM core.invest_first_balance AS b
   WHERE b.org_id = $id AND b.valid_from <= $v AND (b.valid_until IS NULL OR b.valid_until > $v)) AS deals_cny,
  (SELECT sum(f.cost_cny) FROM core.fund_position AS f
   WHERE f.investee_org_id = $id AND f.valid_from <= $v AND (f.valid_until IS NULL OR f.valid_until > $v)) AS funds_cny,
  (SELECT sum(e.area_m2) FROM core.lease_in_force AS e
   WHERE e.org_id = $id AND e.counts_from <= $v AND (e.counts_until IS NULL OR e.counts_until > $v)) AS leased_m2
FROM core.organization AS o
LEFT JOIN core.organization_place AS l ON l.org_id = o.org_id AND l.valid_from <= $v AND (l.valid_until IS NULL OR l.valid_until > $v)
LEFT JOIN ref.zone AS z ON z.zone_id = l.zone_id
WHERE o.org_id = $id
LIMIT 1
