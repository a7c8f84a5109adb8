-- Which standing files have a heading that was explained: per explanation the names of its files, the newest first.
-- grain: place, file
-- A heading was explained without its unit, its marks and its white space, and stands in the file with them.
WITH said (place, feed, department_id, sender, heading) AS (
  VALUES {said}
),
headed AS (
  SELECT f.feed, f.department_id, f.sender, f.file_id, f.name, f.as_of, unnest(t.headings) AS heading
  FROM raw.sent_table AS t
  JOIN raw.file AS f USING (file_id)
),
bare AS (
  SELECT h.* REPLACE (regexp_replace(regexp_replace(h.heading, '\s', '', 'g'), '^[*★☆]+', '') AS heading)
  FROM headed AS h
)
SELECT s.place, b.name
FROM said AS s
JOIN bare AS b ON b.feed = s.feed AND b.department_id = s.department_id AND b.sender = s.sender AND starts_with(b.heading, s.heading)
  AND regexp_full_match(substr(b.heading, length(s.heading) + 1), '([(（\[【,，/:：].*)?[*★☆%‰]*')
GROUP BY s.place, b.name
ORDER BY s.place, max(b.as_of) DESC, b.name
