-- 规划和在建的建筑面积：未投用的空间单元。
-- grain: key, counts_from
SELECT
  a.* EXCLUDE (is_open, built_m2, lettable_m2, let_m2, idle_m2, revived_m2),
  a.built_m2 AS value
FROM core.premise_area AS a
WHERE NOT a.is_open AND a.built_m2 > 0
