-- 概念验证及小试项目，含存量：期内新增，加上基准日当天在该阶段的根项目。
-- grain: key, counts_from
SELECT e.* EXCLUDE (goal_id, is_first_of_goal)
FROM core.counted_entry AS e
WHERE e.goal_id = 'g1' AND e.is_first_of_goal
UNION ALL BY NAME
SELECT s.* EXCLUDE (goal_id)
FROM core.stock_entry AS s
WHERE s.goal_id = 'g1' AND s.entity_id NOT IN (
  SELECT e.entity_id
  FROM core.counted_entry AS e
  WHERE e.goal_id = 'g1' AND e.is_first_of_goal)
