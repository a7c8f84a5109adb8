-- 其中仅小试：到截至日只进入过小试的项目，进入另一阶段之日起转入“两者”。
-- grain: key, counts_from
SELECT e.* EXCLUDE (goal_id, is_first_of_goal, counts_until), least(e.counts_until, p.poc_on) AS counts_until
FROM core.counted_entry AS e
JOIN core.poc_small_partition AS p ON p.root_project_id = e.entity_id
WHERE e.goal_id = 'g1' AND e.is_first_of_goal
  AND p.small_on IS NOT NULL AND (p.poc_on IS NULL OR p.small_on < p.poc_on AND e.counts_from < p.poc_on)
