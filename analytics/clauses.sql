-- Every clause of the policy in its order, with who answers for it, the reports and metrics that tell of it, and its tasks by state at $v.
WITH unit AS (
  SELECT c.clause_id, list({'name': d.name_zh, 'name_en': d.name_en} ORDER BY d.department_id) AS departments
  FROM ref.clause AS c
  JOIN ref.department AS d ON list_contains(string_split(c.departments, ' '), d.department_id)
  GROUP BY c.clause_id
),
arrived AS (
  SELECT f.feed, any_value(f.title) AS title, coalesce(sum(f.accepted), 0) > 0 AS has_rows
  FROM meta.coverage AS f
  GROUP BY f.feed
),
report AS (
  SELECT c.clause_id, list({'feed': a.feed, 'title': a.title, 'has_rows': a.has_rows} ORDER BY a.feed) AS feeds
  FROM ref.clause AS c
  JOIN arrived AS a ON list_contains(string_split(c.feeds, ' '), a.feed)
  GROUP BY c.clause_id
),
measured AS (
  SELECT c.clause_id, list(m.metric_id ORDER BY m.rowid) AS metric_ids
  FROM ref.clause AS c
  JOIN ref.metric AS m ON list_contains(string_split(coalesce(m.clause_ids, ''), ' '), c.clause_id)
  GROUP BY c.clause_id
),
work AS (
  SELECT
    t.clause_id,
    count(*) AS tasks,
    count(*) FILTER (t.status = 'done') AS done,
    count(*) FILTER (t.status NOT IN ('done', 'stopped') AND t.due_on < $v) AS overdue
  FROM core.task_version AS t
  WHERE t.valid_from <= $v AND (t.valid_until IS NULL OR t.valid_until > $v)
  GROUP BY t.clause_id
)
SELECT
  c.clause_id,
  c.article,
  c.text_zh,
  c.responsibility = 'stated' AS is_stated,
  string_split(c.pages, ' ') AS pages,
  u.departments,
  coalesce(r.feeds, []) AS feeds,
  coalesce(m.metric_ids, []) AS metric_ids,
  coalesce(w.tasks, 0) AS tasks,
  coalesce(w.done, 0) AS done,
  coalesce(w.overdue, 0) AS overdue,
  c.departments AS department_ids,
  coalesce(c.reason_zh, '') AS reason_zh,
  c.reason_en
FROM ref.clause AS c
LEFT JOIN unit AS u USING (clause_id)
LEFT JOIN report AS r USING (clause_id)
LEFT JOIN measured AS m USING (clause_id)
LEFT JOIN work AS w USING (clause_id)
ORDER BY c.clause_id
