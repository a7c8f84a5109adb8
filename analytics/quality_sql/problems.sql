-- What the checks found, per sender of a report, without the checks of the tables $apart; $departments NULL for all: whoever must act, or else whoever sent it.
WITH seen AS (
  SELECT a.seq, a.recorded_at, true AS is_open, unnest(json_transform(a.body, '{"opened": [["VARCHAR"]]}').opened) AS parts
  FROM meta.act AS a
  WHERE a.kind = 'published'
  UNION ALL
  SELECT a.seq, a.recorded_at, false, unnest(json_transform(a.body, '{"closed": [["VARCHAR"]]}').closed)
  FROM meta.act AS a
  WHERE a.kind = 'published'
),
since AS (
  SELECT s.parts[1] AS check_id, s.parts[2] AS feed, s.parts[3] AS department_id, s.parts[4] AS sender, s.parts[5] AS key, max(s.recorded_at) AS since
  FROM seen AS s
  GROUP BY ALL
  HAVING arg_max(s.is_open, s.seq)
),
cases AS (
  SELECT c.check_id, c.feed, c.department_id, c.sender, min(coalesce(s.since, m.known_at)) AS since,
    list({'key': c.key, 'found': c.found} ORDER BY c.key)[:$most] AS examples
  FROM meta.check_case AS c
  CROSS JOIN meta.snapshot AS m
  LEFT JOIN since AS s ON s.check_id = c.check_id AND s.feed = c.feed AND s.department_id = c.department_id AND s.sender = c.sender AND s.key = c.key
  WHERE NOT starts_with(c.check_id, 'rows_') OR c.row_id IS NULL
  GROUP BY c.check_id, c.feed, c.department_id, c.sender
)
SELECT
  r.check_id,
  r.dimension,
  r.sentence,
  r.action,
  p.feed,
  p.department_id,
  p.sender,
  coalesce(r.owner, p.department_id) AS owner,
  p.failed,
  p.checked,
  c.since,
  coalesce(c.examples, []) AS examples
FROM meta.check_part AS p
JOIN meta.check_result AS r USING (check_id)
LEFT JOIN cases AS c ON c.check_id = p.check_id AND c.feed = p.feed AND c.department_id = p.department_id AND c.sender = p.sender
WHERE p.failed > 0 AND NOT list_contains($apart, r."table")
  AND ($departments IS NULL OR list_contains($departments, coalesce(r.owner, p.department_id)))
  AND ($feed IS NULL OR p.feed = $feed)
ORDER BY c.since, p.failed DESC, r.check_id, p.feed, p.department_id, p.sender
