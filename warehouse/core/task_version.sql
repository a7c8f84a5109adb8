-- 任务随时间：一项任务一段时间一行。
-- grain: department_id, sender, task_id, valid_from
SELECT
  v.*,
  d.department_id AS responsible_department_id, -- 牵头单位代码；写法不识的为空
  c.clause_id IS NOT NULL AS is_clause_known, -- 条款是否在条款表
  e.evidence_id IS NOT NULL AS has_evidence -- 佐证材料是否在目录
FROM given.tasks_version AS v
LEFT JOIN ref.department_alias AS d ON d.alias = lower(translate(v.unit_name, '（） 　', '()'))
LEFT JOIN ref.clause AS c ON c.clause_id = v.clause_id
LEFT JOIN core.evidence AS e ON e.evidence_id = v.evidence_id
