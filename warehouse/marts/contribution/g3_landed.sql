-- 转化落地科技成果，期内新增：自基准日起落地的成果。
-- grain: key, counts_from
SELECT o.*
FROM core.outcome_landing AS o
JOIN ref.goal AS g ON g.goal_id = 'g3'
WHERE o.occurred_on >= g.base_on
