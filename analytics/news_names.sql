-- The names of the asked things in $language, kind and id in the same place of their lists; one that no register has goes by its id.
WITH asked AS (
  SELECT DISTINCT unnest($kinds::VARCHAR[]) AS entity_kind, unnest($ids::VARCHAR[]) AS entity_id
)
SELECT
  a.entity_kind,
  a.entity_id,
  coalesce(CASE WHEN $language = 'en' THEN n.name_en END, n.name_zh, a.entity_id) AS name
FROM asked AS a
LEFT JOIN core.entity_name AS n USING (entity_kind, entity_id)
