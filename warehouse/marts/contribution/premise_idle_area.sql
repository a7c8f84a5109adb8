-- 认定闲置面积：每个单元取台账首次填报的数，此后不因盘活而减少，是盘活率的分母。
-- grain: key, counts_from
SELECT
  a.* EXCLUDE (is_open, built_m2, lettable_m2, let_m2, idle_m2, revived_m2, counts_until),
  a.idle_m2 AS value
FROM core.premise_area AS a
WHERE a.idle_m2 > 0
QUALIFY row_number() OVER (PARTITION BY a.key ORDER BY a.counts_from) = 1
