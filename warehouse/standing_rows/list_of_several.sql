-- A full list whose keys are the park's own: where several senders tell of one key, each column is the latest told that is not blank;
-- of one day the department counts that the feed names first.
, ranked AS (
  SELECT s.*, (s.valid_from, -coalesce(list_position([{departments}], s.department_id), 99), s.row_id) AS latest
  FROM spans AS s
),
edges AS (
  SELECT s.thing, s.valid_from AS since FROM ranked AS s
  UNION
  SELECT s.thing, s.valid_until FROM ranked AS s WHERE s.valid_until IS NOT NULL
),
pieces AS (
  SELECT e.thing, e.since, lead(e.since) OVER (PARTITION BY e.thing ORDER BY e.since) AS until
  FROM edges AS e
)
SELECT
  {columns},
  arg_max(s.department_id, s.latest) AS department_id,
  arg_max(s.sender, s.latest) AS sender,
  p.since AS valid_from,
  p.until AS valid_until,
  bool_or(s.is_carried) AS is_carried,
  nullif(concat_ws('、', {disputes}), '') AS disputed,
  max(f.received_at) AS known_at,
  arg_max(s.row_id, s.latest) AS row_id,
  list(s.row_id ORDER BY s.row_id) AS source_row_ids
FROM pieces AS p
JOIN ranked AS s ON s.thing = p.thing AND s.valid_from <= p.since AND (s.valid_until IS NULL OR s.valid_until > p.since)
JOIN raw.{feed} AS r ON r.row_id = s.row_id
JOIN raw.file AS f ON f.file_id = r.file_id
GROUP BY p.thing, p.since, p.until
