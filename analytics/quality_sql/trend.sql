-- The scores of every publication on record and of this snapshot, oldest first; $departments NULL for all.
WITH recorded AS (
  SELECT a.recorded_at AS at, unnest(json_transform(a.body, '{"scores": [["VARCHAR"]]}').scores) AS parts
  FROM meta.act AS a
  WHERE a.kind = 'published'
),
scores AS (
  SELECT r.at, r.parts[1] AS department_id, r.parts[2] AS dimension, r.parts[3]::BIGINT AS checked, r.parts[4]::BIGINT AS failed
  FROM recorded AS r
  UNION ALL
  SELECT m.known_at, p.department_id, c.dimension, p.checked, p.failed
  FROM meta.check_part AS p
  JOIN meta.check_result AS c USING (check_id)
  CROSS JOIN meta.snapshot AS m
)
SELECT
  s.at,
  s.dimension,
  sum(s.checked)::BIGINT AS checked,
  sum(s.failed)::BIGINT AS failed
FROM scores AS s
WHERE $departments IS NULL OR list_contains($departments, s.department_id)
GROUP BY s.at, s.dimension
HAVING sum(s.checked) > 0
ORDER BY s.at, s.dimension
