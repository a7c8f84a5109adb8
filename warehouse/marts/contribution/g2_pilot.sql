-- 中试项目，期内新增：自基准日起首次进入的根项目。
-- grain: key, counts_from
SELECT e.* EXCLUDE (goal_id, is_first_of_goal)
FROM core.counted_entry AS e
WHERE e.goal_id = 'g2' AND e.is_first_of_goal
