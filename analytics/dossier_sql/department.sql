-- A department: its duty, and how its tasks and resolutions stand at $v.
WITH tasks AS (
  SELECT
    count(*) AS tasks,
    count(*) FILTER (WHERE t.done_on <= $v) AS done,
    count(*) FILTER (WHERE t.due_on < $v AND (t.done_on IS NULL OR t.done_on > $v) AND t.status <> 'stopped') AS overdue
  FROM core.task_version AS t
  WHERE t.responsible_department_id = $id AND t.valid_from <= $v AND (t.valid_until IS NULL OR t.valid_until > $v)
),
resolutions AS (
  SELECT
    nullif(count(*), 0) AS resolutions,
    nullif(count(*) FILTER (WHERE r.closed_on IS NULL OR r.closed_on > $v), 0) AS open_resolutions
  FROM core.resolution AS r
  WHERE r.responsible_department_id = $id AND r.met_on <= $v
)
SELECT
  coalesce(CASE WHEN $language = 'en' THEN d.name_en END, d.name_zh) AS name,
  d.duty_zh AS duty,
  t.tasks,
  t.done,
  nullif(t.overdue, 0) AS overdue,
  r.resolutions,
  r.open_resolutions
FROM ref.department AS d
CROSS JOIN tasks AS t
CROSS JOIN resolutions AS r
WHERE d.department_id = $id
