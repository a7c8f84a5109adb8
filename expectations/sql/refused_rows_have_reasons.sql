-- 每个退回行至少有一个退回原因，每个原因都指着一个退回行。
-- checked: rejected.row
SELECT
  r.row_id,
  '没有原因' AS trouble
FROM rejected.row AS r
WHERE NOT EXISTS (FROM rejected.reason AS a WHERE a.row_id = r.row_id)
UNION ALL
SELECT
  a.row_id,
  '没有这个退回行' AS trouble
FROM rejected.reason AS a
WHERE NOT EXISTS (FROM rejected.row AS r WHERE r.row_id = a.row_id)
ORDER BY row_id
