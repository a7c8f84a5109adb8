-- Every metric of the dictionary, with the titles of its feeds and the name of the department that answers for it, in the order of the committee's table.
WITH titles AS (
  SELECT DISTINCT c.feed, c.title
  FROM meta.coverage AS c
)
SELECT
  m.metric_id,
  m.aggregation,
  m.time_kind,
  coalesce(m.numerator_id, '') AS numerator_id,
  coalesce(m.denominator_id, '') AS denominator_id,
  coalesce(m.part_of, '') AS part_of,
  string_split(coalesce(m.clause_ids, ''), ' ') AS clauses,
  (SELECT list({'feed': t.feed, 'title': t.title} ORDER BY t.feed) FROM titles AS t WHERE list_contains(string_split(coalesce(m.feeds, ''), ' '), t.feed))
    AS feeds,
  coalesce(m.drill, 'rows') = 'rows' AS is_to_rows,
  coalesce(d.name_zh, '') AS owner_zh,
  d.name_en AS owner_en,
  m.valid_from,
  coalesce(m.decided_by, '') AS decided_by
FROM ref.metric AS m
LEFT JOIN ref.department AS d ON d.department_id = m.owner_department_id
ORDER BY m.rowid
