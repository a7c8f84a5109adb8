-- 概念验证与小试的分项：两个阶段各自的首次进入日期。
-- grain: root_project_id
SELECT
  e.root_project_id,                  -- 根项目编号
  min(e.occurred_on) FILTER (e.stage_id = 'poc') AS poc_on, -- 首次进入概念验证
  min(e.occurred_on) FILTER (e.stage_id = 'small') AS small_on, -- 首次进入小试
  max(e.row_id) FILTER (e.stage_id = 'poc') AS poc_row_id, -- 进入概念验证的来源行
  max(e.row_id) FILTER (e.stage_id = 'small') AS small_row_id -- 进入小试的来源行
FROM core.stage_entry AS e
WHERE e.stage_id IN ('poc', 'small')
GROUP BY e.root_project_id
