-- 概念验证与小试的阶段次：同一项目进入两个阶段计两次。
-- grain: key, counts_from
SELECT e.* EXCLUDE (goal_id, is_first_of_goal, key), e.key || '|' || e.stage_id AS key
FROM core.counted_entry AS e
WHERE e.goal_id = 'g1'
