-- Columns of one feed whose cells are spread otherwise in a sender's newest file than in the one before. Parts in {braces} are put in.
-- Words: the share of cells that would have to change (total variation), beyond what chance does (chi-square at 0.001, by Wilson and Hilferty).
-- Figures: the widest gap between the two distribution functions (Kolmogorov and Smirnov, at 0.001). Few cells say nothing: fewer than
-- {least} in either file are not compared. What is doubted for its unit already is not told twice.
WITH ranked AS (
  SELECT f.file_id, f.department_id, f.sender, f.as_of,
    row_number() OVER (PARTITION BY f.department_id, f.sender ORDER BY f.as_of DESC) AS place
  FROM (SELECT * FROM raw.file AS f WHERE f.feed = '{feed}' AND f.is_standing AND f.accepted > 0
        QUALIFY row_number() OVER (PARTITION BY f.department_id, f.sender, f.as_of ORDER BY f.file_id DESC) = 1) AS f
  QUALIFY place <= 2
),
pairs AS (
  SELECT n.file_id, b.file_id AS before_id
  FROM ranked AS n
  JOIN ranked AS b ON b.department_id = n.department_id AND b.sender = n.sender AND b.place = 2
  WHERE n.place = 1
),
files AS (
  SELECT p.file_id, p.file_id AS of_file, true AS is_now FROM pairs AS p
  UNION ALL
  SELECT p.file_id, p.before_id, false FROM pairs AS p
),
cells AS (
  {cells}
),
counted AS (
  SELECT f.file_id, c.column_name, c.word, c.figure,
    coalesce(sum(c.number) FILTER (f.is_now), 0)::DOUBLE AS now,
    coalesce(sum(c.number) FILTER (NOT f.is_now), 0)::DOUBLE AS before
  FROM cells AS c
  JOIN files AS f ON f.of_file = c.file_id
  GROUP BY f.file_id, c.column_name, c.word, c.figure
),
whole AS (
  SELECT c.*, sum(c.now) OVER w AS all_now, sum(c.before) OVER w AS all_before
  FROM counted AS c
  WINDOW w AS (PARTITION BY c.file_id, c.column_name)
  QUALIFY all_now >= {least} AND all_before >= {least}
),
words AS (
  SELECT w.file_id, w.column_name, w.all_now, w.all_before, sum(abs(w.now / w.all_now - w.before / w.all_before)) / 2 AS distance,
    sum((w.now * w.all_before - w.before * w.all_now) ^ 2 / (w.all_now * w.all_before * (w.now + w.before))) AS chi_square, count(*) - 1 AS freedom,
    list({'word': w.word, 'now': w.now::BIGINT, 'before': w.before::BIGINT}
      ORDER BY abs(w.now / w.all_now - w.before / w.all_before) DESC, w.word)[:3] AS most_changed
  FROM whole AS w
  WHERE w.word IS NOT NULL
  GROUP BY w.file_id, w.column_name, w.all_now, w.all_before
),
running AS (
  SELECT w.*, sum(w.now) OVER v / w.all_now - sum(w.before) OVER v / w.all_before AS gap
  FROM whole AS w
  WHERE w.figure IS NOT NULL
  WINDOW v AS (PARTITION BY w.file_id, w.column_name ORDER BY w.figure)
),
figures AS (
  SELECT r.file_id, r.column_name, r.all_now, r.all_before, max(abs(r.gap)) AS distance
  FROM running AS r
  GROUP BY r.file_id, r.column_name, r.all_now, r.all_before
),
middles AS (
  SELECT f.file_id, c.column_name, median(c.figure) FILTER (f.is_now) AS now, median(c.figure) FILTER (NOT f.is_now) AS before
  FROM cells AS c
  JOIN files AS f ON f.of_file = c.file_id
  WHERE c.figure IS NOT NULL
  GROUP BY f.file_id, c.column_name
)
SELECT w.file_id, p.before_id, w.column_name, w.all_now::BIGINT AS cells_now, w.all_before::BIGINT AS cells_before, w.distance,
  w.most_changed, NULL::DOUBLE AS middle_now, NULL::DOUBLE AS middle_before
FROM words AS w
JOIN pairs AS p USING (file_id)
WHERE w.distance >= {far} AND w.chi_square > w.freedom * (1 - 2 / (9.0 * w.freedom) + 3.09 * sqrt(2 / (9.0 * w.freedom))) ^ 3
UNION ALL BY NAME
SELECT g.file_id, p.before_id, g.column_name, g.all_now::BIGINT AS cells_now, g.all_before::BIGINT AS cells_before, g.distance,
  m.now AS middle_now, m.before AS middle_before
FROM figures AS g
JOIN pairs AS p USING (file_id)
JOIN middles AS m ON m.file_id = g.file_id AND m.column_name = g.column_name
WHERE NOT EXISTS (FROM meta.unit_doubt AS d WHERE d.file_id = g.file_id AND d.column_name = g.column_name)
  AND g.distance >= {far} AND g.distance > 1.95 * sqrt((g.all_now + g.all_before) / (g.all_now * g.all_before))
ORDER BY file_id, column_name
