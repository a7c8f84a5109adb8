-- 绩效考评：一期一个单位一个指标一行，取该期最近一次所报；几个部门都报的，按列取最近的非空值。
-- grain: period_from, period_to, unit_name, indicator
SELECT
  v.* EXCLUDE (valid_until),
  d.department_id AS responsible_department_id -- 责任单位代码；写法不识的为空
FROM given.appraisals_version AS v
LEFT JOIN ref.department_alias AS d ON d.alias = lower(translate(v.unit_name, '（） 　', '()'))
WHERE v.valid_until IS NULL
