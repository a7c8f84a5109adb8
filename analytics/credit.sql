-- The loans that count at $v, added up by who bears and how good they are: one row a combination.
SELECT
  l.product,
  l.risk_grade,
  l.is_in_pool,
  l.lender_org_id,
  coalesce(b.org_name, l.lender_org_id) AS lender,
  l.guarantor_org_id,
  coalesce(g.org_name, l.guarantor_org_id) AS guarantor,
  count(*) AS contracts,
  count(*) FILTER (WHERE l.is_first_loan) AS first_loans,
  sum(l.balance_cny)::DECIMAL(20, 2) AS balance_cny,
  sum(l.bank_cny)::DECIMAL(20, 2) AS bank_cny,
  sum(l.guarantor_cny)::DECIMAL(20, 2) AS guarantor_cny,
  sum(l.pool_cny)::DECIMAL(20, 2) AS pool_cny
FROM core.loan_stock AS l
LEFT JOIN core.organization AS b ON b.org_id = l.lender_org_id
LEFT JOIN core.organization AS g ON g.org_id = l.guarantor_org_id
WHERE l.counts_from <= $v AND (l.counts_until IS NULL OR l.counts_until > $v)
GROUP BY ALL
