-- 信贷、基金、先投后股、保险与补偿金的金额不为负；负数不计入敞口。
-- checked: (SELECT row_id FROM core.loan UNION ALL SELECT row_id FROM core.fund_commitment UNION ALL SELECT row_id FROM core.fund_cashflow UNION ALL SELECT row_id FROM core.fund_valuation UNION ALL SELECT row_id FROM core.invest_first_flow UNION ALL SELECT row_id FROM core.insurance UNION ALL SELECT row_id FROM core.risk_pool_entry)
-- by: row_id
WITH amounts AS (
  SELECT '科技信贷' AS report, l.contract_id AS key, '合同金额' AS heading, l.contract_cny AS amount_cny, l.row_id FROM core.loan AS l
  UNION ALL
  SELECT '科技信贷', l.contract_id, '余额', l.balance_cny, l.row_id FROM core.loan AS l
  UNION ALL
  SELECT '基金出资', c.fund_id || '/' || c.investor_name, '认缴金额', c.committed_cny, c.row_id FROM core.fund_commitment AS c
  UNION ALL
  SELECT '基金出资', c.fund_id || '/' || c.investor_name, '实缴金额', c.paid_in_cny, c.row_id FROM core.fund_commitment AS c
  UNION ALL
  SELECT '基金流水', f.flow_id, '金额', f.amount_cny, f.row_id FROM core.fund_cashflow AS f
  UNION ALL
  SELECT '基金估值', v.fund_id || '/' || v.investee_org_id || '/' || v.valued_on, '公允价值', v.fair_value_cny, v.row_id FROM core.fund_valuation AS v
  UNION ALL
  SELECT '先投后股流水', f.flow_id, '金额', f.amount_cny, f.row_id FROM core.invest_first_flow AS f
  UNION ALL
  SELECT '科技保险', i.policy_no, '保额', i.insured_cny, i.row_id FROM core.insurance AS i
  UNION ALL
  SELECT '风险补偿金', e.entry_id, '金额', e.amount_cny, e.row_id FROM core.risk_pool_entry AS e
)
SELECT
  a.report,
  a.key,
  a.heading || ' ' || a.amount_cny || ' 元' AS found,
  a.row_id
FROM amounts AS a
WHERE a.amount_cny < 0
ORDER BY ALL
