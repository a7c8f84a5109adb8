-- Events whose keys are their senders' own: of each key the row told last, without those marked 作废.
WITH told AS (
  SELECT r.*, f.department_id, f.sender, f.received_at
  FROM raw.{feed} AS r
  JOIN raw.file AS f ON f.file_id = r.file_id
  QUALIFY row_number() OVER (PARTITION BY f.department_id, f.sender, {keys} ORDER BY f.as_of DESC, r.row_id DESC) = 1
)
SELECT
  {columns},
  r.department_id,
  r.sender,
  NULL::VARCHAR AS disputed,
  r.received_at AS known_at,
  r.row_id,
  [r.row_id] AS source_row_ids
FROM told AS r
WHERE r.validity IS DISTINCT FROM 'void'
