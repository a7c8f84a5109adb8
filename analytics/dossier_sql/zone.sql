-- A zone: its function, and what is in it at $v.
SELECT
  coalesce(CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh) AS name,
  coalesce(CASE WHEN $language = 'en' THEN z.function_en END, z.function_zh) AS function,
  (SELECT count(*) FROM core.organization_place AS p JOIN core.organization AS o ON o.org_id = p.org_id
   WHERE p.zone_id = $id AND p.valid_from <= $v AND (p.valid_until IS NULL OR p.valid_until > $v) AND (o.moved_out_on IS NULL OR o.moved_out_on > $v)) AS organizations,
  (SELECT count(DISTINCT j.root_project_id) FROM core.project_place AS p JOIN core.project AS j ON j.project_id = p.project_id
   WHERE p.zone_id = $id AND p.valid_from <= $v AND (p.valid_until IS NULL OR p.valid_until > $v) AND j.approved_on <= $v) AS projects,
  (SELECT count(*) FROM core.platform_version AS p
   WHERE p.zone_id = $id AND p.status = 'in_use' AND p.valid_from <= $v AND (p.valid_until IS NULL OR p.valid_until > $v)) AS platforms,
  (SELECT sum(p.built_m2) FROM core.premise_version AS p
   WHERE p.zone_id = $id AND p.status = 'in_use' AND p.valid_from <= $v AND (p.valid_until IS NULL OR p.valid_until > $v)) AS built_m2
FROM ref.zone AS z
WHERE z.zone_id = $id
