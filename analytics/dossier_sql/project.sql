-- A project: what the register says of it, and the stage and place it is in at $v.
WITH mine AS (
  SELECT p.*
  FROM core.project AS p
  WHERE p.project_id = $id
),
stage AS (
  SELECT c.*
  FROM core.current_stage AS c
  JOIN mine AS p ON p.root_project_id = c.root_project_id
  WHERE c.open_from <= $v AND (c.open_until IS NULL OR c.open_until > $v)
)
SELECT
  p.project_name AS name,
  p.status,
  coalesce(CASE WHEN $language = 'en' THEN s.name_en END, s.name_zh) AS stage,
  c.entered_on,
  c.entered_precision,
  coalesce(CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh) AS zone,
  p.lead_org_name,
  coalesce(CASE WHEN $language = 'en' THEN d.name_en END, d.name_zh, p.direction_name) AS direction,
  p.research_class,
  p.trl,
  p.approval_no,
  p.approved_on,
  p.approved_precision,
  nullif(p.root_project_id, p.project_id) AS root_project_id,
  p.listed_on
FROM mine AS p
LEFT JOIN stage AS c ON true
LEFT JOIN ref.stage AS s ON s.stage_id = c.stage_id
LEFT JOIN core.project_place AS l ON l.project_id = p.project_id AND l.valid_from <= $v AND (l.valid_until IS NULL OR l.valid_until > $v)
LEFT JOIN ref.zone AS z ON z.zone_id = l.zone_id
LEFT JOIN ref.direction AS d ON d.direction_id = p.direction_id
LIMIT 1
