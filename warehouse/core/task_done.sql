-- 已完成的任务：一项一行，自完成之日起；逐月、逐季的完成日期按期末。
-- grain: key, counts_from
-- 状态已完成而没有完成日期的，自报送它的名单截至日起，不早于此。
SELECT
  t.task_id AS key,                   -- 任务编号
  'task' AS entity_kind,              -- 对象种类
  t.task_id AS entity_id,             -- 任务编号
  coalesce(t.done_on, t.valid_from) AS occurred_on, -- 完成日期
  coalesce(t.done_precision, 'D') AS occurred_precision, -- 完成日期的精度
  coalesce(t.done_on, t.valid_from) AS counts_from, -- 计入之日
  1 AS value,                         -- 一项
  'na' AS zone_id,                    -- 不分空间
  t.responsible_department_id AS department_id, -- 牵头单位
  t.department_id AS reported_by,     -- 报送部门
  t.clause_id AS category,            -- 条款
  NOT coalesce(t.has_evidence, false) AS is_pending, -- 没有佐证材料
  t.known_at,                         -- 知悉时刻
  t.row_id,                           -- 来源行
  t.source_row_ids,                   -- 其他来源行
  t.due_on,                           -- 现行时限
  coalesce(t.done_on, t.valid_from) <= t.due_on AS is_on_time -- 按期
FROM core.task AS t
WHERE t.status = 'done'
