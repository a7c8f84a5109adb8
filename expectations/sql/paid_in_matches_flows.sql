-- 基金出资表的实缴之和，与基金流水中的实缴之和相符；流水在出资表截至日之后的不计。
-- checked: (SELECT min(c.row_id) AS row_id FROM core.fund_commitment AS c WHERE c.fund_id IN (SELECT w.fund_id FROM core.fund_cashflow AS w WHERE w.flow_kind = 'paid_in') GROUP BY c.fund_id)
-- by: row_id
WITH paid AS (
  SELECT c.fund_id, sum(c.paid_in_cny) AS paid_in_cny, max(c.valid_from) AS as_of, min(c.row_id) AS row_id
  FROM core.fund_commitment AS c
  GROUP BY c.fund_id
),
flowed AS (
  SELECT p.fund_id, sum(f.amount_cny) AS paid_in_cny
  FROM paid AS p
  JOIN core.fund_cashflow AS f ON f.fund_id = p.fund_id AND f.flow_kind = 'paid_in' AND f.paid_on <= p.as_of
  GROUP BY p.fund_id
)
SELECT
  p.fund_id,
  '出资表实缴 ' || p.paid_in_cny || ' 元，流水实缴 ' || f.paid_in_cny || ' 元' AS found,
  p.row_id
FROM paid AS p
JOIN flowed AS f ON f.fund_id = p.fund_id
WHERE p.paid_in_cny <> f.paid_in_cny
ORDER BY p.fund_id
