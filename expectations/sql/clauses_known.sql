-- 任务、制度与申报引用的条款编号都在条款表。
-- checked: (SELECT clause_id AS clause_id FROM core.task UNION SELECT clause_id AS clause_id FROM core.policy_item) AS c WHERE clause_id IS NOT NULL
WITH told AS (
  SELECT '任务分解' AS told_in, t.clause_id AS clause_id FROM core.task AS t
  UNION ALL
  SELECT '制度与申报' AS told_in, t.clause_id AS clause_id FROM core.policy_item AS t
)
SELECT
  t.clause_id,
  string_agg(DISTINCT t.told_in, '、' ORDER BY t.told_in) AS told_in
FROM told AS t
WHERE t.clause_id IS NOT NULL AND NOT EXISTS (FROM ref.clause AS k WHERE k.clause_id = t.clause_id)
GROUP BY t.clause_id
ORDER BY t.clause_id
