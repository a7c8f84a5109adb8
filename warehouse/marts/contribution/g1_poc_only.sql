-- 其中仅概念验证：到截至日只进入过概念验证的项目，进入另一阶段之日起转入“两者”。
-- grain: key, counts_from
SELECT e.* EXCLUDE (goal_id, is_first_of_goal, counts_until), least(e.counts_until, p.small_on) AS counts_until
FROM core.counted_entry AS e
JOIN core.poc_small_partition AS p ON p.root_project_id = e.entity_id
WHERE e.goal_id = 'g1' AND e.is_first_of_goal
  AND p.poc_on IS NOT NULL AND (p.small_on IS NULL OR p.poc_on < p.small_on AND e.counts_from < p.small_on)
