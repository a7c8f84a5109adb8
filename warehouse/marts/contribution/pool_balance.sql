-- 补偿池净额：注资加追回减支付。
-- grain: key, counts_from
SELECT
  e.department_id || '/' || e.sender || '/' || e.entry_id AS key, 'pool_entry' AS entity_kind, e.entry_id AS entity_id, e.occurred_on,
  coalesce(e.occurred_precision, 'D') AS occurred_precision, e.occurred_on AS counts_from, CASE e.entry_kind WHEN 'payment' THEN -e.amount_cny ELSE e.amount_cny END AS value, 'na' AS zone_id, e.department_id, e.sender AS reported_by,
  l.borrower_org_id AS org_id, e.entry_kind AS category, false AS is_pending, e.known_at, e.row_id
FROM core.risk_pool_entry AS e
LEFT JOIN (
  SELECT v.contract_id, arg_max(v.borrower_org_id, v.valid_from) AS borrower_org_id FROM core.loan_version AS v GROUP BY v.contract_id
) AS l USING (contract_id)
WHERE e.entry_kind IN ('injection', 'payment', 'recovery') AND e.amount_cny >= 0
