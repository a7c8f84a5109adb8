-- Where one column of one feed, file by file, stands a power of ten away from the same entities' earlier level. Parts in {braces} are put in.
-- An entity's level in a file is the median of log10 per month; it is held against the median of its last four files before. What a later
-- file corrected is left out, so that a corrected file closes the doubt. The whole column jumps where the median of its entities does and
-- they agree; a lone entity is only doubted from a thousandfold on, because tenfold changes are real.
WITH worded AS (
  SELECT v.row_id, v.file_id, f.as_of, {sender} AS sender, row({entity}) AS entity, concat_ws(' ', {label}) AS label, {when} AS told_for,
    v.{measure}::DOUBLE / {months} AS level_now
  FROM {table} AS v
  JOIN raw.file AS f ON f.file_id = v.file_id AND f.is_standing
  QUALIFY {is_last_word}
),
levels AS (
  SELECT w.file_id, w.as_of, w.sender, w.entity, any_value(w.label) AS label, sign(w.level_now) AS side, min(w.told_for) AS told_for,
    median(log10(abs(w.level_now))) AS level_now, min(w.row_id) AS row_id
  FROM worded AS w
  WHERE w.level_now <> 0 AND isfinite(w.level_now)
  GROUP BY w.file_id, w.as_of, w.sender, w.entity, side
),
followed AS (
  SELECT l.*, l.level_now - median(l.level_now) OVER w AS jump
  FROM levels AS l
  WINDOW w AS (PARTITION BY l.sender, l.entity, l.side ORDER BY l.told_for, l.as_of, l.file_id ROWS BETWEEN 4 PRECEDING AND 1 PRECEDING)
),
files AS (
  SELECT j.file_id, count(*) AS compared, median(j.jump) AS middle, mad(j.jump) AS spread
  FROM followed AS j
  WHERE j.jump IS NOT NULL
  GROUP BY j.file_id
),
near AS (
  SELECT j.file_id, e.exponent, count(*) AS jumped, median(j.jump) AS jump,
    list(j.label || '（第 ' || (j.row_id & {row_mask}) || ' 行）' ORDER BY j.row_id)[:5] AS examples
  FROM followed AS j
  JOIN (SELECT unnest([-8, -5, -4, -3, -1, 1, 3, 4, 5, 8]) AS exponent) AS e ON abs(j.jump - e.exponent) <= 0.2
  GROUP BY j.file_id, e.exponent
)
SELECT n.file_id, n.exponent, f.compared, n.jumped, abs(f.middle - n.exponent) <= 0.2 AND f.spread <= 0.15 AS is_whole, n.jump, n.examples
FROM near AS n
JOIN files AS f USING (file_id)
WHERE abs(n.exponent) >= 3 OR (is_whole AND f.compared >= 3)
ORDER BY n.file_id, n.exponent
