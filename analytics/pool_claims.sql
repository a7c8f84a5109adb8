-- The claims on the compensation pool told of by $v: one row a contract, oldest claim first.
SELECT
  coalesce(e.contract_id, '') AS contract_id,
  any_value(coalesce(o.org_name, l.borrower_org_id)) AS firm,
  min(e.occurred_on) FILTER (WHERE e.entry_kind = 'claim') AS claimed_on,
  min(e.occurred_on) FILTER (WHERE e.entry_kind = 'approval') AS approved_on,
  min(e.occurred_on) FILTER (WHERE e.entry_kind = 'payment') AS paid_on,
  coalesce(sum(e.amount_cny) FILTER (WHERE e.entry_kind = 'claim'), 0)::DECIMAL(20, 2) AS claimed_cny,
  coalesce(sum(e.amount_cny) FILTER (WHERE e.entry_kind = 'approval'), 0)::DECIMAL(20, 2) AS approved_cny,
  coalesce(sum(e.amount_cny) FILTER (WHERE e.entry_kind = 'payment'), 0)::DECIMAL(20, 2) AS paid_cny,
  coalesce(sum(e.amount_cny) FILTER (WHERE e.entry_kind = 'recovery'), 0)::DECIMAL(20, 2) AS recovered_cny
FROM core.risk_pool_entry AS e
LEFT JOIN (
  SELECT v.contract_id, arg_max(v.borrower_org_id, v.valid_from) AS borrower_org_id FROM core.loan_version AS v
  WHERE v.contract_id IN (SELECT r.contract_id FROM core.risk_pool_entry AS r)
  GROUP BY v.contract_id
) AS l USING (contract_id)
LEFT JOIN core.organization AS o ON o.org_id = l.borrower_org_id
WHERE e.entry_kind <> 'injection' AND e.occurred_on <= $v AND e.amount_cny >= 0
GROUP BY coalesce(e.contract_id, '')
ORDER BY claimed_on NULLS LAST, contract_id
