-- 事项的进程：一个事项一行，起步、印发或获批、办结之日；后一环节已报而前一环节未报的，以后一环节之日计。
-- grain: item_key
SELECT
  s.item_key,                         -- 报送部门、报送主体与事项编号
  any_value(m.entry_id) AS entry_id,  -- 清单事项；清单之外的为空
  any_value(s.item_id) AS item_id,    -- 事项编号
  arg_max(s.item_kind, (s.step_on, s.row_id)) AS item_kind, -- 类别
  arg_max(s.responsible_department_id, (s.step_on, s.row_id)) AS responsible_department_id, -- 责任单位代码
  any_value(s.department_id) AS department_id, -- 报送部门
  min(s.known_at) AS known_at,        -- 知悉时刻
  min(s.step_on) AS begun_on,         -- 起步之日
  arg_min(s.step_precision, (s.step_on, s.row_id)) AS begun_precision, -- 起步之日的精度
  arg_min(s.row_id, (s.step_on, s.row_id)) AS begun_row_id, -- 起步的行
  min(s.step_on) FILTER (s.step_order >= 2) AS accepted_on, -- 受理之日；制度与规划为征求意见之日
  arg_min(s.step_precision, (s.step_on, s.row_id)) FILTER (s.step_order >= 2) AS accepted_precision, -- 其精度
  arg_min(s.row_id, (s.step_on, s.row_id)) FILTER (s.step_order >= 2) AS accepted_row_id, -- 其行
  min(s.step_on) FILTER (s.step IN ('issued', 'filed', 'approved')) AS done_on, -- 印发或获批之日
  arg_min(s.step_precision, (s.step_on, s.row_id)) FILTER (s.step IN ('issued', 'filed', 'approved')) AS done_precision, -- 其精度
  arg_min(s.row_id, (s.step_on, s.row_id)) FILTER (s.step IN ('issued', 'filed', 'approved')) AS done_row_id, -- 其行
  min(s.step_on) FILTER (s.step = 'declined') AS declined_on, -- 未获批之日
  any_value(s.step_precision) FILTER (s.step = 'declined') AS declined_precision, -- 其精度
  any_value(s.row_id) FILTER (s.step = 'declined') AS declined_row_id, -- 其行
  bool_or(s.is_catalogued) FILTER (s.is_closing) AS is_catalogued, -- 文号是否在佐证材料目录
  list(DISTINCT r.row_id ORDER BY r.row_id) AS source_row_ids -- 来源行
FROM core.policy_step AS s
CROSS JOIN unnest(s.source_row_ids || [s.row_id]) AS r(row_id)
LEFT JOIN core.policy_match AS m USING (item_key)
GROUP BY s.item_key
