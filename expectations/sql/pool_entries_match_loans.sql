-- 风险补偿金的申请、核准、支付、追回，都对得上科技信贷台账里一份入池的合同。
-- checked: core.risk_pool_entry WHERE entry_kind <> 'injection'
-- by: row_id
SELECT
  e.entry_id,
  coalesce(e.contract_id, '') AS contract_id,
  CASE WHEN e.contract_id IS NULL THEN '没有填合同编号' WHEN NOT e.is_loan_listed THEN '不在科技信贷台账' ELSE '该合同没有入池' END AS found,
  e.row_id
FROM core.risk_pool_entry AS e
WHERE e.entry_kind <> 'injection' AND NOT (e.is_loan_listed AND coalesce(e.is_in_pool, false))
ORDER BY e.entry_id, e.row_id
