-- 每个目标都由口径词典中的一个指标衡量。
-- checked: ref.goal
SELECT
  g.goal_id,
  g.metric_id
FROM ref.goal AS g
WHERE NOT EXISTS (FROM ref.metric AS m WHERE m.metric_id = g.metric_id)
ORDER BY g.goal_id
