-- 风险补偿金任何一天的余额不为负：注资加追回，不少于支付。
-- checked: core.risk_pool_entry WHERE entry_kind IN ('injection', 'payment', 'recovery')
-- by: row_id
WITH daily AS (
  SELECT e.department_id, e.occurred_on, min(e.row_id) AS row_id, sum(CASE e.entry_kind WHEN 'payment' THEN -e.amount_cny ELSE e.amount_cny END) AS moved_cny
  FROM core.risk_pool_entry AS e
  WHERE e.entry_kind IN ('injection', 'payment', 'recovery')
  GROUP BY e.department_id, e.occurred_on
),
balances AS (
  SELECT d.*, sum(d.moved_cny) OVER (PARTITION BY d.department_id ORDER BY d.occurred_on) AS balance_cny
  FROM daily AS d
)
SELECT
  b.occurred_on,
  '余额 ' || b.balance_cny || ' 元' AS found,
  b.row_id
FROM balances AS b
WHERE b.balance_cny < 0
ORDER BY b.occurred_on
