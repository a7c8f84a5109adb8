-- 已租面积，按台账：已投用的空间单元。
-- grain: key, counts_from
SELECT
  a.* EXCLUDE (is_open, built_m2, lettable_m2, let_m2, idle_m2, revived_m2),
  a.let_m2 AS value
FROM core.premise_area AS a
WHERE a.is_open AND a.let_m2 > 0
