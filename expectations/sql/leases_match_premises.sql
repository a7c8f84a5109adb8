-- 载体空间台账的已租面积与在租各租约的面积之和相符；容许 1% 或 1 ㎡。
-- checked: core.premise
-- by: row_id
WITH let AS (
  SELECT l.unit_id, sum(l.area_m2) AS let_m2
  FROM core.lease_in_force AS l
  JOIN meta.snapshot AS s ON l.counts_from <= s.newest_as_of AND (l.counts_until IS NULL OR l.counts_until > s.newest_as_of)
  GROUP BY l.unit_id
)
SELECT
  p.unit_id,
  '台账已租 ' || round(p.let_m2, 2) || ' ㎡，租约 ' || round(coalesce(l.let_m2, 0), 2) || ' ㎡' AS found,
  p.row_id
FROM core.premise AS p
LEFT JOIN let AS l ON l.unit_id = p.unit_id
WHERE EXISTS (FROM core.lease) AND abs(p.let_m2 - coalesce(l.let_m2, 0)) > greatest(1, 0.01 * p.let_m2)
ORDER BY p.unit_id
