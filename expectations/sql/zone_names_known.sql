-- 各部门所填的空间都是已知的写法；不识的计入未落区。
-- checked: (SELECT zone_name FROM raw.projects UNION SELECT space_name FROM raw.organizations UNION SELECT space_name FROM raw.stage_events UNION SELECT space_name FROM raw.outcomes UNION SELECT space_name FROM core.platform UNION SELECT space_name FROM core.premise UNION SELECT space_name FROM core.lead) AS w WHERE zone_name IS NOT NULL
WITH written AS (
  SELECT r.zone_name AS name FROM core.project AS p JOIN raw.projects AS r USING (row_id)
  UNION ALL
  SELECT r.space_name FROM core.organization AS o JOIN raw.organizations AS r USING (row_id)
  UNION ALL
  SELECT r.space_name FROM core.stage_event AS e JOIN raw.stage_events AS r USING (row_id) WHERE e.own_zone_id = 'unplaced' AND NOT e.is_void
  UNION ALL
  SELECT r.space_name FROM core.outcome AS o JOIN raw.outcomes AS r USING (row_id) WHERE NOT o.is_void
  UNION ALL
  SELECT p.space_name FROM core.platform AS p
  UNION ALL
  SELECT p.space_name FROM core.premise AS p
  UNION ALL
  SELECT l.space_name FROM core.lead AS l
)
SELECT
  w.name,
  count(*) || ' 行' AS times
FROM written AS w
LEFT JOIN core.place_name AS a ON a.alias = translate(w.name, '（） 　', '()')
WHERE w.name IS NOT NULL AND a.zone_id IS NULL
GROUP BY w.name
ORDER BY w.name
