-- 制度与申报的各环节：一个事项的一个环节一行，后报的更正先报的，作废的不在内。
-- grain: department_id, sender, item_id, step
SELECT
  v.* EXCLUDE (validity),
  d.department_id AS responsible_department_id, -- 责任单位代码；写法不识的为空
  c.clause_id IS NOT NULL AS is_clause_known -- 条款是否在条款表
FROM given.policies_latest AS v
LEFT JOIN ref.department_alias AS d ON d.alias = lower(translate(v.unit_name, '（） 　', '()'))
LEFT JOIN ref.clause AS c ON c.clause_id = v.clause_id
