-- 先投后股流水、租约引用的协议编号都在先投后股台账。
-- checked: (SELECT agreement_id AS agreement_id FROM core.invest_first_flow UNION SELECT agreement_id AS agreement_id FROM core.lease) AS c WHERE agreement_id IS NOT NULL
WITH told AS (
  SELECT '先投后股流水' AS told_in, t.agreement_id AS agreement_id FROM core.invest_first_flow AS t
  UNION ALL
  SELECT '租约' AS told_in, t.agreement_id AS agreement_id FROM core.lease AS t
)
SELECT
  t.agreement_id,
  string_agg(DISTINCT t.told_in, '、' ORDER BY t.told_in) AS told_in
FROM told AS t
WHERE t.agreement_id IS NOT NULL AND NOT EXISTS (FROM core.invest_first_deal_version AS k WHERE k.agreement_id = t.agreement_id)
GROUP BY t.agreement_id
ORDER BY t.agreement_id
