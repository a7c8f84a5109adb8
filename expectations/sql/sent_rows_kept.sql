-- 每个计数行所由来的各行都存有报送时的原文，格数与列名数相同。
-- checked: raw.sent_row
WITH counted AS (
  SELECT row_id FROM mart.contribution
  UNION
  SELECT row_id FROM mart.contribution_source
)
SELECT
  c.row_id
FROM counted AS c
LEFT JOIN raw.sent_row AS s ON s.row_id = c.row_id
LEFT JOIN raw.sent_table AS t ON t.file_id = s.file_id AND t.table_no = s.table_no
WHERE len(s.cells::VARCHAR[]) IS DISTINCT FROM len(t.headings) OR s.cells IS NULL
ORDER BY ALL
