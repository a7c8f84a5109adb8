-- 风险补偿金流水引用的贷款合同都在科技信贷台账，且已入池。
-- checked: core.risk_pool_entry WHERE contract_id IS NOT NULL
SELECT
  e.entry_id,
  e.contract_id,
  CASE WHEN e.is_loan_listed THEN '未入池' ELSE '台账中没有' END AS trouble
FROM core.risk_pool_entry AS e
WHERE e.contract_id IS NOT NULL AND NOT (e.is_loan_listed AND coalesce(e.is_in_pool, false))
ORDER BY e.entry_id
