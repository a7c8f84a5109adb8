-- The best term of each thing in which every part of what is typed stands, and of each kind the best $each things. $q: all parts together.
-- An exact number before an exact name, these before what begins so, before what holds it; sounds last; of equals the shorter term.
-- Score and number of a term are one number, so that the least of them is the best term.
WITH best AS (
  SELECT t.kind, t.thing_no,
    min((CASE
      WHEN t.term = $q THEN CASE WHEN t.how IN ('initials', 'pinyin') THEN 4 WHEN t.how = 'code' THEN 0 ELSE 1 END
      WHEN starts_with(t.term, $q) THEN CASE WHEN t.how IN ('initials', 'pinyin') THEN 5 ELSE 2 END
      WHEN t.how IN ('initials', 'pinyin') THEN 6
      ELSE 3
    END * 1000 + least(length(t.term), 999)) * 1000000000 + t.term_no) AS best
  FROM mart.search AS t
  WHERE true /* terms */
  GROUP BY t.kind, t.thing_no
),
by_kind AS (
  SELECT b.kind, count(*) AS found, min(b.best, $each) AS bests
  FROM best AS b
  GROUP BY b.kind
),
shown AS (
  SELECT k.kind, k.found, k.bests[1] // 1000000000000 AS kind_rank, unnest(k.bests) AS best
  FROM by_kind AS k
)
SELECT x.kind, x.found, x.kind_rank, s.id, s.name_zh, s.name_en, t.how, t.written
FROM shown AS x
JOIN mart.search AS t ON t.term_no = x.best % 1000000000
JOIN mart.searchable AS s ON s.thing_no = t.thing_no
ORDER BY x.kind, x.best
