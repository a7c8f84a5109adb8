-- 任务、事项、考评中的责任单位都是已知部门的名称或别名；不识的不算任何部门的。
-- checked: (SELECT unit_name FROM core.task UNION ALL SELECT unit_name FROM core.policy_item UNION ALL SELECT unit_name FROM core.resolution UNION ALL SELECT unit_name FROM core.appraisal)
WITH told AS (
  SELECT '任务分解' AS told_in, t.unit_name, t.responsible_department_id FROM core.task AS t
  UNION ALL
  SELECT '制度与申报' AS told_in, t.unit_name, t.responsible_department_id FROM core.policy_item AS t
  UNION ALL
  SELECT '联席会议' AS told_in, t.unit_name, t.responsible_department_id FROM core.resolution AS t
  UNION ALL
  SELECT '绩效考评' AS told_in, t.unit_name, t.responsible_department_id FROM core.appraisal AS t
)
SELECT
  t.unit_name,
  string_agg(DISTINCT t.told_in, '、' ORDER BY t.told_in) AS told_in
FROM told AS t
WHERE t.responsible_department_id IS NULL
GROUP BY t.unit_name
ORDER BY t.unit_name
