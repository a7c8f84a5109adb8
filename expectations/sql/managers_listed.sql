-- 技术合同引用的经理人编号都在技术经理人名册。
-- checked: (SELECT manager_id AS manager_id FROM core.tech_contract) AS c WHERE manager_id IS NOT NULL
WITH told AS (
  SELECT '技术合同' AS told_in, t.manager_id AS manager_id FROM core.tech_contract AS t
)
SELECT
  t.manager_id,
  string_agg(DISTINCT t.told_in, '、' ORDER BY t.told_in) AS told_in
FROM told AS t
WHERE t.manager_id IS NOT NULL AND NOT EXISTS (FROM core.tech_manager_version AS k WHERE k.manager_id = t.manager_id)
GROUP BY t.manager_id
ORDER BY t.manager_id
