-- 各部门所填的空间都是已知的写法；不识的计入未落区。
-- checked: (SELECT zone_name AS name, row_id FROM raw.projects UNION ALL SELECT space_name, row_id FROM raw.organizations UNION ALL SELECT space_name, row_id FROM raw.stage_events UNION ALL SELECT space_name, row_id FROM raw.outcomes UNION ALL SELECT space_name, row_id FROM raw.premises UNION ALL SELECT space_name, row_id FROM raw.platforms UNION ALL SELECT space_name, row_id FROM raw.leads) WHERE name IS NOT NULL
-- by: row_id
WITH written AS (
  SELECT r.zone_name AS name, p.row_id FROM core.project AS p JOIN raw.projects AS r USING (row_id)
  UNION ALL
  SELECT r.space_name, o.row_id FROM core.organization AS o JOIN raw.organizations AS r USING (row_id)
  UNION ALL
  SELECT r.space_name, e.row_id FROM core.stage_event AS e JOIN raw.stage_events AS r USING (row_id) WHERE e.own_zone_id = 'unplaced' AND NOT e.is_void
  UNION ALL
  SELECT r.space_name, o.row_id FROM core.outcome AS o JOIN raw.outcomes AS r USING (row_id) WHERE NOT o.is_void
  UNION ALL
  SELECT p.space_name, p.row_id FROM core.premise AS p
  UNION ALL
  SELECT p.space_name, p.row_id FROM core.platform AS p
  UNION ALL
  SELECT l.space_name, l.row_id FROM core.lead AS l
)
SELECT
  w.name,
  count(*) || ' 行' AS found,
  min(w.row_id) AS row_id
FROM written AS w
JOIN raw.file AS f ON f.file_id = w.row_id >> 36
LEFT JOIN core.place_name AS a ON a.alias = translate(w.name, '（） 　', '()')
WHERE w.name IS NOT NULL AND a.zone_id IS NULL
GROUP BY w.name, f.feed, f.department_id, f.sender
ORDER BY w.name, row_id
