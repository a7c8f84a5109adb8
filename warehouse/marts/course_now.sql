-- 自概念验证起的历程合计：截至最新截至日，首次进入概念验证的根项目在第几天由哪一状态到哪一状态的个数。
-- grain: days, from_state, to_state
SELECT
  c.days,
  c.from_state,
  c.to_state,
  sum(c.projects)::INTEGER AS projects -- 个数
FROM mart.course_zone_now AS c
GROUP BY c.days, c.from_state, c.to_state
