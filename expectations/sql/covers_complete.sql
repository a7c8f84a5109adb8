-- 贷款的分担写全：有担保比例的写明担保机构，入池的写明补偿池比例，比例之和不超过 1；否则由银行承担，不计入政府敞口。
-- checked: core.loan
-- by: row_id
SELECT
  l.contract_id,
  concat_ws('、', CASE WHEN l.guarantor_share > 0 AND l.guarantor_org_id IS NULL THEN '有担保分担比例，没有担保机构代码' END,
    CASE WHEN coalesce(l.guarantor_share, 0) = 0 AND l.guarantor_org_id IS NOT NULL THEN '有担保机构，没有担保分担比例' END,
    CASE WHEN l.is_in_pool AND coalesce(l.pool_share, 0) = 0 THEN '入池，没有补偿池分担比例' END,
    CASE WHEN l.pool_share > 0 AND NOT coalesce(l.is_in_pool, false) THEN '有补偿池分担比例，没有入池' END,
    CASE WHEN coalesce(l.bank_share, 0) + coalesce(l.guarantor_share, 0) + coalesce(l.pool_share, 0) > 1.01 THEN '分担比例之和大于 1' END) AS found,
  l.row_id
FROM core.loan AS l
WHERE found <> ''
ORDER BY l.contract_id
