-- The root projects that are looked at on $v: by the space they were in first or last, direction, origin and research class; each NULL for all.
SELECT t.root_project_id
FROM core.project_trait AS t
WHERE t.valid_from <= $v AND (t.valid_until IS NULL OR t.valid_until > $v)
  AND ($last_zone::VARCHAR IS NULL OR t.last_zone_id = $last_zone) AND ($first_zone::VARCHAR IS NULL OR t.first_zone_id = $first_zone)
  AND ($of_direction::VARCHAR IS NULL OR coalesce(t.direction_id, '') = $of_direction)
  AND ($origin::VARCHAR IS NULL OR coalesce(t.origin, 'unstated') = $origin)
  AND ($research::VARCHAR IS NULL OR coalesce(t.research_class, 'unstated') = $research)
