-- Events whose keys are the park's own: each column is the latest told by any sender that is not blank; of one day the department counts
-- that the feed names first. What is marked 作废 at last is left out.
WITH told AS (
  SELECT r.*, f.department_id, f.sender, f.as_of, f.received_at,
    (f.as_of, -coalesce(list_position([{departments}], f.department_id), 99), r.row_id) AS latest, {key} AS thing
  FROM raw.{feed} AS r
  JOIN raw.file AS f ON f.file_id = r.file_id
  QUALIFY row_number() OVER (PARTITION BY f.department_id, f.sender, {keys} ORDER BY f.as_of DESC, r.row_id DESC) = 1
)
SELECT
  {columns},
  arg_max(r.department_id, r.latest) AS department_id,
  arg_max(r.sender, r.latest) AS sender,
  nullif(concat_ws('、', {disputes}), '') AS disputed,
  max(r.received_at) AS known_at,
  arg_max(r.row_id, r.latest) AS row_id,
  list(r.row_id ORDER BY r.row_id) AS source_row_ids
FROM told AS r
GROUP BY r.thing
HAVING coalesce(arg_max(r.validity, r.latest), 'valid') <> 'void'
