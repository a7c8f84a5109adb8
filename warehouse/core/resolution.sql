-- 联席会议议定事项：一项一行，取最近所报的办理状态，作废的不在内。
-- grain: department_id, sender, resolution_id
SELECT
  v.* EXCLUDE (validity),
  d.department_id AS responsible_department_id, -- 责任单位代码；写法不识的为空
  t.task_id IS NOT NULL AS is_task_listed -- 关联任务是否在任务台账
FROM given.meetings_latest AS v
LEFT JOIN ref.department_alias AS d ON d.alias = lower(translate(v.unit_name, '（） 　', '()'))
LEFT JOIN core.task AS t ON t.task_id = v.task_id
