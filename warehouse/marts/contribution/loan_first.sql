-- 首贷余额。
-- grain: key, counts_from
SELECT
  l.contract_id AS key, 'loan' AS entity_kind, l.contract_id AS entity_id, l.disbursed_on AS occurred_on, coalesce(l.disbursed_precision, 'D') AS occurred_precision,
  l.counts_from, l.counts_until, l.balance_cny AS value, l.zone_id, l.department_id, l.sender AS reported_by, l.borrower_org_id AS org_id, l.product AS category,
  false AS is_pending, l.known_at, l.row_id, l.source_row_ids
FROM core.loan_stock AS l
WHERE l.is_first_loan
