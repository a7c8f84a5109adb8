-- What things are called in $language, kind, id and firm in the same place of their lists; one that no register has is left out.
WITH asked AS (
  SELECT DISTINCT unnest($kinds::VARCHAR[]) AS entity_kind, unnest($ids::VARCHAR[]) AS entity_id, unnest($orgs::VARCHAR[]) AS org_id
)
SELECT
  a.entity_kind,
  a.entity_id,
  any_value(coalesce(CASE WHEN $language = 'en' THEN n.name_en END, n.name_zh, g.org_name)) AS name
FROM asked AS a
LEFT JOIN core.entity_name AS n ON n.entity_kind = a.entity_kind AND n.entity_id = a.entity_id
LEFT JOIN core.organization AS g ON g.org_id = a.org_id AND a.entity_kind NOT IN ('project', 'outcome', 'zone', 'platform', 'premise')
GROUP BY a.entity_kind, a.entity_id
HAVING any_value(coalesce(n.name_zh, g.org_name)) IS NOT NULL
