-- What rows say as they were sent: the cells of each, the headings of its table and what goes with them.
SELECT
  c.row_id,
  t.headings,
  c.cells::VARCHAR[] AS cells, -- a list in snapshots made before it was kept as text
  t.left_out,
  t.unit
FROM raw.sent_row AS c
JOIN raw.sent_table AS t ON t.file_id = c.file_id AND t.table_no = c.table_no
WHERE c.row_id IN (SELECT unnest($rows::BIGINT[]))
