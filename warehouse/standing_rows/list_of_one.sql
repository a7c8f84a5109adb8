-- A full list whose keys are their senders' own: the rows of the spans as they are.
SELECT
  {columns},
  s.department_id,
  s.sender,
  s.valid_from,
  s.valid_until,
  s.is_carried,
  NULL::VARCHAR AS disputed,
  f.received_at AS known_at,
  s.row_id,
  [s.row_id] AS source_row_ids
FROM spans AS s
JOIN raw.{feed} AS r ON r.row_id = s.row_id
JOIN raw.file AS f ON f.file_id = r.file_id
