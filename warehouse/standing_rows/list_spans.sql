-- The spans of a full list: each accepted row from the as-of of its list to that of the next list of its scope.
-- A row refused in the next list stands on (is_carried). Words in braces are filled in per feed by standing.py.
WITH mentions AS (
  SELECT r.file_id, r.row_id, {key} AS key, {period} AS period
  FROM raw.{feed} AS r
  UNION ALL
  SELECT x.file_id, NULL, x.key, {period_of_key}
  FROM rejected.row AS x
  WHERE x.feed = '{feed}'
),
lists AS (
  SELECT f.department_id, f.sender, coalesce(m.period, '') AS period, f.as_of, f.file_id,
    dense_rank() OVER (PARTITION BY f.department_id, f.sender, coalesce(m.period, '') ORDER BY f.as_of) AS list_no
  FROM raw.file AS f
  LEFT JOIN (SELECT DISTINCT file_id, period FROM mentions) AS m ON m.file_id = f.file_id
  WHERE f.feed = '{feed}' AND f.is_standing
  QUALIFY row_number() OVER (PARTITION BY f.department_id, f.sender, coalesce(m.period, ''), f.as_of ORDER BY f.file_id DESC) = 1
),
told AS (
  SELECT l.department_id, l.sender, l.period, l.list_no, l.as_of, m.key, max(m.row_id) AS row_id
  FROM mentions AS m
  JOIN lists AS l ON l.file_id = m.file_id AND l.period = m.period
  GROUP BY ALL
),
versions AS (
  SELECT t.*, count(t.row_id) OVER (PARTITION BY t.department_id, t.sender, t.key ORDER BY t.list_no) AS version_no
  FROM told AS t
),
runs AS (
  SELECT v.*, v.list_no - row_number() OVER (PARTITION BY v.department_id, v.sender, v.key, v.version_no ORDER BY v.list_no) AS run_no
  FROM versions AS v
),
carried AS (
  SELECT r.department_id, r.sender, r.period, r.key, max(r.row_id) AS row_id, min(r.as_of) AS valid_from, max(r.list_no) AS last_no,
    count(*) > 1 AS is_carried
  FROM runs AS r
  WHERE r.version_no > 0
  GROUP BY r.department_id, r.sender, r.period, r.key, r.version_no, r.run_no
  HAVING max(r.row_id) IS NOT NULL
),
spans AS (
  SELECT c.department_id, c.sender, c.key AS thing, c.row_id, c.valid_from, n.as_of AS valid_until, c.is_carried
  FROM carried AS c
  LEFT JOIN lists AS n ON n.department_id = c.department_id AND n.sender = c.sender AND n.period = c.period AND n.list_no = c.last_no + 1
)
