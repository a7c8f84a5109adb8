-- Where rows stand: the file, its sheet and line, when it was received and from whom.
SELECT
  s.row_id,
  f.name,
  s.sheet,
  s.row,
  f.received_at,
  coalesce(d.name_zh, f.department_id) AS department_name,
  d.name_en AS department_name_en,
  f.sender
FROM raw.source_row AS s
JOIN raw.file AS f USING (file_id)
LEFT JOIN ref.department AS d USING (department_id)
WHERE s.row_id IN (SELECT unnest($rows::BIGINT[]))
