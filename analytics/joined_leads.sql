-- The leads whose project stands in the pipeline at $v, the latest first, with the stage that the project is in; $zone, $office NULL for all.
SELECT
  l.lead_id,
  l.project_name,
  l.office_name,
  l.zone_id,
  l.moved_in_on,
  l.moved_in_precision,
  l.pipeline_on,
  l.pipeline_precision,
  l.pipeline_project_id,
  p.project_name,
  coalesce(CASE WHEN $language = 'en' THEN st.name_en END, st.name_zh, '') AS stage
FROM core.lead_course AS l
LEFT JOIN core.project AS p ON p.project_id = l.pipeline_project_id
LEFT JOIN core.current_stage AS c ON c.root_project_id = l.pipeline_project_id AND c.open_from <= $v AND (c.open_until IS NULL OR c.open_until > $v)
LEFT JOIN ref.stage AS st ON st.stage_id = c.stage_id
WHERE l.pipeline_on <= $v AND ($zone IS NULL OR l.zone_id = $zone) AND ($office IS NULL OR l.office_name = $office)
ORDER BY l.pipeline_on DESC, l.key
LIMIT $most
