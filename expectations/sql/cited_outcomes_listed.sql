-- 技术合同、五首推广引用的成果编号都已报成果。
-- checked: (SELECT outcome_id AS outcome_id FROM core.tech_contract UNION SELECT outcome_id AS outcome_id FROM core.first_use) AS c WHERE outcome_id IS NOT NULL
WITH told AS (
  SELECT '技术合同' AS told_in, t.outcome_id AS outcome_id FROM core.tech_contract AS t
  UNION ALL
  SELECT '五首推广' AS told_in, t.outcome_id AS outcome_id FROM core.first_use AS t
)
SELECT
  t.outcome_id,
  string_agg(DISTINCT t.told_in, '、' ORDER BY t.told_in) AS told_in
FROM told AS t
WHERE t.outcome_id IS NOT NULL AND NOT EXISTS (FROM core.outcome AS k WHERE k.outcome_id = t.outcome_id)
GROUP BY t.outcome_id
ORDER BY t.outcome_id
