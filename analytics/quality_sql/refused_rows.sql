-- One page of the rows still to be put right, the longest open first, each with its cells and reasons; $departments and $feed NULL for all.
WITH page AS MATERIALIZED (
  SELECT o.*
  FROM rejected.open_row AS o
  WHERE ($departments IS NULL OR list_contains($departments, o.department_id)) AND ($feed IS NULL OR o.feed = $feed)
  ORDER BY o.opened_at, o.row_id
  LIMIT $most OFFSET $skip
),
reasons AS ( -- of the page alone: of a million rows the lists would take half a gigabyte
  SELECT a.row_id, list({'heading': a.heading, 'value': a.value, 'reason': a.reason} ORDER BY a.heading) AS reasons
  FROM rejected.open_reason AS a
  SEMI JOIN page AS p ON p.row_id = a.row_id
  GROUP BY a.row_id
)
SELECT
  p.feed,
  p.department_id,
  p.sender,
  p.key,
  p.opened_at,
  f.name AS file,
  s.sheet,
  s.row,
  r.cells,
  a.reasons
FROM page AS p
JOIN rejected.row AS r USING (row_id)
JOIN raw.file AS f ON f.file_id = p.file_id
JOIN raw.source_row AS s ON s.row_id = p.row_id
LEFT JOIN reasons AS a ON a.row_id = p.row_id
ORDER BY p.opened_at, p.row_id
