-- 每份入池合同累计支付的补偿金，减去追回，不超过合同金额乘以补偿池分担比例；没有核准的不支付。
-- checked: (SELECT min(e.row_id) AS row_id FROM core.risk_pool_entry AS e WHERE e.entry_kind = 'payment' GROUP BY e.contract_id)
-- by: row_id
WITH paid AS (
  SELECT e.contract_id,
    sum(CASE e.entry_kind WHEN 'payment' THEN e.amount_cny WHEN 'recovery' THEN -e.amount_cny ELSE 0 END) AS net_cny,
    sum(e.amount_cny) FILTER (e.entry_kind = 'payment') AS paid_cny,
    coalesce(sum(e.amount_cny) FILTER (e.entry_kind = 'approval'), 0) AS approved_cny,
    min(e.row_id) FILTER (e.entry_kind = 'payment') AS row_id
  FROM core.risk_pool_entry AS e
  WHERE e.contract_id IS NOT NULL
  GROUP BY e.contract_id
  HAVING count(*) FILTER (e.entry_kind = 'payment') > 0
),
limits AS (
  SELECT v.contract_id, arg_max(v.contract_cny, v.valid_from) AS contract_cny, arg_max(v.pool_share, v.valid_from) AS pool_share
  FROM core.loan_version AS v
  GROUP BY v.contract_id
)
SELECT
  p.contract_id,
  CASE WHEN p.paid_cny > p.approved_cny THEN '支付 ' || p.paid_cny || ' 元，核准 ' || p.approved_cny || ' 元'
    ELSE '支付减追回 ' || p.net_cny || ' 元，应不超过 ' || round(l.contract_cny * l.pool_share, 2) || ' 元' END AS found,
  p.row_id
FROM paid AS p
LEFT JOIN limits AS l USING (contract_id)
WHERE p.paid_cny > p.approved_cny OR p.net_cny > round(l.contract_cny * l.pool_share, 2) + 1
ORDER BY p.contract_id
