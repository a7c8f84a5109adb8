-- 各部门送来的行全部被接收，没有退回。
-- checked: raw.source_row
SELECT
  f.name,
  s.sheet,
  '第 ' || s.row || ' 行' AS line
FROM rejected.row AS r
JOIN raw.file AS f USING (file_id)
LEFT JOIN raw.source_row AS s USING (row_id)
ORDER BY r.row_id
