-- Every unit of every term with the row it counts or counted by, the newest state first, and the file that row is of.
-- grain: metric_id, term, unit
WITH placed AS (
  SELECT c.metric_id, CASE WHEN list_contains($distinct, c.metric_id) THEN c.entity_id ELSE c.key END AS unit, c.entity_kind, c.entity_id, c.org_id, c.zone_id,
    c.department_id, c.occurred_on, c.row_id,
    CASE WHEN c.counts_from <= $v_now AND (c.counts_until IS NULL OR c.counts_until > $v_now) THEN 1 ELSE 2 END AS place
  FROM today.mart.contribution AS c
  WHERE hash(CASE WHEN list_contains($distinct, c.metric_id) THEN c.entity_id ELSE c.key END) IN (SELECT hash(x.unit) FROM changed AS x)
  UNION ALL
  SELECT c.metric_id, CASE WHEN list_contains($distinct, c.metric_id) THEN c.entity_id ELSE c.key END AS unit, c.entity_kind, c.entity_id, c.org_id, c.zone_id,
    c.department_id, c.occurred_on, c.row_id, 3 AS place
  FROM issue.mart.contribution AS c
  WHERE hash(CASE WHEN list_contains($distinct, c.metric_id) THEN c.entity_id ELSE c.key END) IN (SELECT hash(x.unit) FROM changed AS x)
),
files AS (
  SELECT f.file_id, f.name, f.sheets, f.received_at, f.sha256
  FROM today.raw.file AS f
  UNION
  SELECT f.file_id, f.name, f.sheets, f.received_at, f.sha256
  FROM issue.raw.file AS f
  WHERE f.file_id NOT IN (SELECT t.file_id FROM today.raw.file AS t)
),
found AS (
  SELECT x.metric_id, x.step, x.term, x.unit, x.change, arg_min({'kind': p.entity_kind, 'id': p.entity_id, 'org': p.org_id, 'zone': p.zone_id,
    'department': p.department_id, 'on': p.occurred_on, 'row': p.row_id}, p.place) AS at
  FROM changed AS x
  LEFT JOIN placed AS p ON p.metric_id = x.metric_id AND p.unit = x.unit
  WHERE $metrics IS NULL OR list_contains($metrics, x.metric_id)
  GROUP BY x.metric_id, x.step, x.term, x.unit, x.change
)
SELECT
  f.metric_id,
  f.term,
  f.unit AS key,
  coalesce(n.name_zh, g.org_name) AS name,
  f.change,
  f.at['on'] AS occurred_on,
  coalesce(CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh) AS zone,
  coalesce(CASE WHEN $language = 'en' THEN d.name_en END, d.name_zh) AS department,
  r.name AS file,
  nullif(r.sheets[((f.at['row'] >> $sheet_bits) & $sheet_mask) + 1], '') AS sheet,
  f.at['row'] & $row_mask AS row,
  strftime(r.received_at + INTERVAL 8 HOUR, '%Y-%m-%d %H:%M') AS received, -- stored as UTC, shown in Shanghai
  r.sha256
FROM found AS f
LEFT JOIN today.core.entity_name AS n ON n.entity_kind = f.at['kind'] AND n.entity_id = f.at['id']
LEFT JOIN today.core.organization AS g ON g.org_id = f.at['org']
LEFT JOIN today.ref.zone AS z ON z.zone_id = f.at['zone']
LEFT JOIN today.ref.department AS d ON d.department_id = f.at['department']
LEFT JOIN files AS r ON r.file_id = f.at['row'] >> $file_bits
ORDER BY f.metric_id, f.step, f.term, abs(f.change) DESC, f.unit
