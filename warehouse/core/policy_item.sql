-- 制度与申报：一个事项一行，取环节日期最近的一步。
-- grain: department_id, sender, item_id
-- 一日之内走了几步的，取后报的一步；各步见 core.policy_step。
SELECT
  s.*
FROM core.policy_step AS s
QUALIFY row_number() OVER (PARTITION BY s.department_id, s.sender, s.item_id ORDER BY s.step_on DESC, s.row_id DESC) = 1
