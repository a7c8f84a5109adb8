-- 基金的出资、流水、估值引用的基金编号都在基金台账。
-- checked: (SELECT fund_id AS fund_id FROM core.fund_commitment UNION SELECT fund_id AS fund_id FROM core.fund_cashflow UNION SELECT fund_id AS fund_id FROM core.fund_valuation) AS c WHERE fund_id IS NOT NULL
WITH told AS (
  SELECT '基金出资' AS told_in, t.fund_id AS fund_id FROM core.fund_commitment AS t
  UNION ALL
  SELECT '基金流水' AS told_in, t.fund_id AS fund_id FROM core.fund_cashflow AS t
  UNION ALL
  SELECT '基金估值' AS told_in, t.fund_id AS fund_id FROM core.fund_valuation AS t
)
SELECT
  t.fund_id,
  string_agg(DISTINCT t.told_in, '、' ORDER BY t.told_in) AS told_in
FROM told AS t
WHERE t.fund_id IS NOT NULL AND NOT EXISTS (FROM core.fund_version AS k WHERE k.fund_id = t.fund_id)
GROUP BY t.fund_id
ORDER BY t.fund_id
