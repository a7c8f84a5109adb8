-- The names of the asked things, kind and id in the same place of their lists; one that no register has goes by its id.
WITH asked AS (
  SELECT DISTINCT unnest($kinds::VARCHAR[]) AS entity_kind, unnest($ids::VARCHAR[]) AS entity_id
)
SELECT
  a.entity_kind,
  a.entity_id,
  coalesce(p.project_name, o.outcome_name, z.name_zh, a.entity_id) AS name
FROM asked AS a
LEFT JOIN core.project AS p ON a.entity_kind = 'project' AND p.project_id = a.entity_id
LEFT JOIN core.outcome AS o ON a.entity_kind = 'outcome' AND o.outcome_id = a.entity_id
LEFT JOIN ref.zone AS z ON a.entity_kind = 'zone' AND z.zone_id = a.entity_id
