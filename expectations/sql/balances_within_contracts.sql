-- 贷款余额不大于合同金额；大于的计至合同金额为止。
-- checked: core.loan
-- by: row_id
SELECT
  l.contract_id,
  '余额 ' || l.balance_cny || ' 元，合同金额 ' || l.contract_cny || ' 元' AS found,
  l.row_id
FROM core.loan AS l
WHERE l.balance_cny > l.contract_cny
ORDER BY l.contract_id
