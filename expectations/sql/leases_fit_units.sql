-- 同一空间单元在租各租约的面积之和不超过其可租面积。
-- checked: core.premise WHERE unit_id IN (SELECT l.unit_id FROM core.lease AS l)
-- by: row_id
WITH let AS (
  SELECT l.unit_id, sum(l.area_m2) AS let_m2
  FROM core.lease_in_force AS l
  JOIN meta.snapshot AS s ON l.counts_from <= s.newest_as_of AND (l.counts_until IS NULL OR l.counts_until > s.newest_as_of)
  GROUP BY l.unit_id
)
SELECT
  p.unit_id,
  '租约 ' || round(l.let_m2, 2) || ' ㎡，可租 ' || round(p.lettable_m2, 2) || ' ㎡' AS found,
  p.row_id
FROM core.premise AS p
JOIN let AS l ON l.unit_id = p.unit_id
WHERE l.let_m2 > p.lettable_m2 + 0.01
ORDER BY p.unit_id
