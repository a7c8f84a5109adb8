-- Where rows stand: the file, its sheet and line, when it was received and from whom. A row's id holds its file, sheet and line, so that no list of rows
-- is looked through.
SELECT
  a.row_id,
  f.name,
  f.sheets[((a.row_id >> $sheet_bits) & $sheet_mask) + 1] AS sheet,
  (a.row_id & $row_mask)::INTEGER AS row,
  f.received_at,
  coalesce(d.name_zh, f.department_id) AS department_name,
  d.name_en AS department_name_en,
  f.sender
FROM (SELECT unnest($rows::BIGINT[]) AS row_id) AS a
JOIN raw.file AS f ON f.file_id = a.row_id >> $file_bits
LEFT JOIN ref.department AS d USING (department_id)
