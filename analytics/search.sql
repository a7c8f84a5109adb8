-- The best term of each thing in which every part of what is typed stands ($parts, $q all of them together), and of each kind the best $each things.
-- An exact number before an exact name, these before what begins so, before what holds it; spellings last; the shorter term first.
WITH hits AS (
  SELECT t.thing_no, t.how, t.term, t.written,
    CASE
      WHEN t.term = $q THEN CASE t.how WHEN 'code' THEN 0 WHEN 'initials' THEN 4 WHEN 'pinyin' THEN 4 ELSE 1 END
      WHEN starts_with(t.term, $q) THEN CASE WHEN t.how IN ('initials', 'pinyin') THEN 5 ELSE 2 END
      WHEN t.how IN ('initials', 'pinyin') THEN 6
      ELSE 3
    END * 1000 + least(length(t.term), 999) AS score
  FROM mart.search AS t
  WHERE contains(t.term, $part1) AND contains(t.term, $part2) AND contains(t.term, $part3)
    AND (starts_with(t.term, $q) OR NOT $is_short AND (t.how <> 'pinyin' OR length($q) > 3)) -- a letter or a few stand in any long spelling
),
best AS (
  SELECT h.thing_no, min(h.score) AS score, arg_min(h.how, h.score) AS how, arg_min(h.written, h.score) AS written, arg_min(h.term, h.score) AS term
  FROM hits AS h
  GROUP BY h.thing_no
),
by_kind AS (
  SELECT s.kind, count(*) AS found, min(b.score) AS kind_score,
    arg_min({'id': s.id, 'name_zh': s.name_zh, 'name_en': s.name_en, 'how': b.how, 'written': b.written, 'term': b.term, 'score': b.score, 'thing_no': s.thing_no},
            b.score * 10000000 + s.thing_no, $each) AS things
  FROM best AS b
  JOIN mart.searchable AS s ON s.thing_no = b.thing_no
  GROUP BY s.kind
)
SELECT k.kind, k.found, k.kind_score // 1000 AS kind_rank, u.thing.id, u.thing.name_zh, u.thing.name_en, u.thing.how, u.thing.written
FROM by_kind AS k, unnest(k.things) AS u(thing)
ORDER BY k.kind, u.thing.score, u.thing.thing_no
