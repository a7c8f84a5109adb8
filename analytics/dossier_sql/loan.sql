-- A loan as the list of its bank stood at $v.
SELECT
  coalesce(g.org_name || ' ', '') || l.contract_id AS name,
  l.product,
  l.risk_grade,
  l.balance_cny,
  l.contract_cny,
  l.bank_share,
  l.guarantor_share,
  l.pool_share,
  CASE WHEN l.is_in_pool THEN 'true' END AS is_in_pool,
  l.disbursed_on,
  l.disbursed_precision,
  l.due_on,
  l.due_precision,
  l.valid_from AS listed_on
FROM core.loan_version AS l
LEFT JOIN core.organization AS g ON g.org_id = l.borrower_org_id
WHERE l.contract_id = $id AND l.valid_from <= $v
ORDER BY l.valid_from DESC
LIMIT 1
