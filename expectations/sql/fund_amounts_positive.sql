-- 基金的认缴为正数，实缴与各笔流水不为负；冲正应作废原流水，而不是报负数。
-- checked: (SELECT c.row_id FROM core.fund_commitment AS c UNION ALL SELECT f.row_id FROM core.fund_cashflow AS f)
-- by: row_id
SELECT
  concat_ws(' ', c.fund_id, c.investor_org_id) AS key,
  '认缴 ' || c.committed_cny || ' 元，实缴 ' || c.paid_in_cny || ' 元' AS found,
  c.row_id
FROM core.fund_commitment AS c
WHERE c.committed_cny <= 0 OR c.paid_in_cny < 0
UNION ALL
SELECT
  f.flow_id AS key,
  f.paid_on || ' 金额 ' || f.amount_cny || ' 元' AS found,
  f.row_id
FROM core.fund_cashflow AS f
WHERE f.amount_cny < 0
ORDER BY ALL
