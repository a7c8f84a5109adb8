-- 盘活面积：认定闲置、已重新用起来的。
-- grain: key, counts_from
SELECT
  a.* EXCLUDE (is_open, built_m2, lettable_m2, let_m2, idle_m2, revived_m2),
  a.revived_m2 AS value
FROM core.premise_area AS a
WHERE a.revived_m2 > 0
