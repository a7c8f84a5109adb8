-- 有时限的环节：清单事项的办结，时限据任务分解；其余环节，前一环节之日加联席会议定的天数，未定的没有时限。
-- grain: key
WITH courses(item_kind, step, step_order, is_last) AS (
  VALUES ('rule', 'consultation', 2, false), ('rule', 'issued', 3, true), ('rule', 'filed', 4, false), ('plan', 'consultation', 2, false),
    ('plan', 'issued', 3, true), ('application', 'accepted', 2, false), ('application', 'approved', 3, true), ('advocacy', 'accepted', 2, false),
    ('advocacy', 'approved', 3, true)
),
entries AS (
  SELECT t.entry_id, min(c.done_on) AS done_on, arg_min(c.done_precision, (c.done_on, c.done_row_id)) FILTER (c.done_on IS NOT NULL) AS done_precision,
    arg_min(c.done_row_id, (c.done_on, c.done_row_id)) FILTER (c.done_on IS NOT NULL) AS done_row_id, max(c.begun_row_id) AS begun_row_id
  FROM core.policy_term AS t
  LEFT JOIN core.policy_course AS c USING (entry_id)
  GROUP BY t.entry_id
),
steps AS (
  SELECT
    o.item_key, o.entry_id, o.item_id, o.item_kind, o.responsible_department_id, o.department_id, o.known_at, o.source_row_ids, o.declined_on,
    k.step, k.is_last, l.value::INTEGER AS days,
    max(s.step_on) FILTER (s.step_order < k.step_order) AS before_on,
    arg_max(s.row_id, (s.step_on, s.row_id)) FILTER (s.step_order < k.step_order) AS before_row_id,
    min(s.step_on) FILTER (s.step_order >= k.step_order AND s.step <> 'declined') AS taken_on,
    arg_min(s.row_id, (s.step_on, s.row_id)) FILTER (s.step_order >= k.step_order AND s.step <> 'declined') AS taken_row_id
  FROM core.policy_course AS o
  JOIN courses AS k USING (item_kind)
  JOIN ref.setting AS l ON l.setting_id = 'policy_limit_days_' || k.step AND l.value > 0
  JOIN core.policy_step AS s USING (item_key)
  GROUP BY ALL
)
SELECT
  'entry/' || t.entry_id AS key,
  t.entry_id,
  'policy_entry' AS entity_kind,
  t.entry_id AS entity_id,
  e.kind AS item_kind,
  CASE WHEN e.kind IN ('rule', 'plan') THEN 'issued' ELSE 'approved' END AS step,
  t.due_on,
  t.due_precision,
  n.done_on AS taken_on,
  NULL::DATE AS declined_on,
  string_split(e.departments, ' ')[1] AS responsible_department_id,
  t.department_id,
  t.known_at,
  coalesce(n.done_row_id, n.begun_row_id, t.row_id) AS row_id,
  [t.row_id] AS source_row_ids
FROM core.policy_term AS t
JOIN ref.policy_entry AS e USING (entry_id)
LEFT JOIN entries AS n USING (entry_id)
UNION ALL BY NAME
SELECT
  s.item_key || '/' || s.step AS key, -- 清单事项，或事项与环节
  s.entry_id, -- 清单事项
  'policy_item' AS entity_kind, -- 对象种类
  s.item_id AS entity_id, -- 对象编号
  s.item_kind, -- 类别
  s.step, -- 环节
  s.before_on + s.days AS due_on, -- 时限
  'D' AS due_precision, -- 时限的精度
  s.taken_on, -- 走到该环节之日
  s.declined_on, -- 未获批之日
  s.responsible_department_id, -- 责任部门
  s.department_id, -- 报送部门
  s.known_at, -- 知悉时刻
  coalesce(s.taken_row_id, s.before_row_id) AS row_id, -- 来源行
  s.source_row_ids -- 其他来源行
FROM steps AS s
WHERE s.before_on IS NOT NULL
  AND NOT (s.is_last AND s.entry_id IN (SELECT t.entry_id FROM core.policy_term AS t))
