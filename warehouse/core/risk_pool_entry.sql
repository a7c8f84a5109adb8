-- 风险补偿金：一笔一行，后报的更正先报的，作废的不在内。
-- grain: department_id, sender, entry_id
SELECT
  v.* EXCLUDE (validity),
  l.contract_id IS NOT NULL AS is_loan_listed, -- 合同是否在科技信贷台账（含已退出名单的）
  l.is_in_pool                        -- 该合同是否入池
FROM given.risk_pool_latest AS v
LEFT JOIN (
  SELECT contract_id, arg_max(is_in_pool, valid_from) AS is_in_pool
  FROM core.loan_version
  GROUP BY contract_id
) AS l ON l.contract_id = v.contract_id
