-- An outcome: how far it has come by $v, and who implements it where.
SELECT
  o.outcome_name AS name,
  CASE WHEN o.landed_on <= $v THEN 'landed' WHEN o.signed_on <= $v THEN 'signed' ELSE 'listed' END AS state,
  CASE WHEN o.landed_on <= $v THEN o.landed_on WHEN o.signed_on <= $v THEN o.signed_on END AS state_on,
  CASE WHEN o.landed_on <= $v THEN o.landed_precision ELSE o.signed_precision END AS state_precision,
  coalesce(g.org_name, o.implementer_org_id) AS implementer,
  nullif(coalesce(CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh), '') AS zone,
  o.right_kind,
  o.route,
  o.contract_no,
  o.landing_proof,
  CASE WHEN o.is_void THEN 'true' END AS is_void,
  CASE WHEN o.is_pending AND o.landed_on <= $v THEN 'true' END AS is_pending,
  p.project_name
FROM core.outcome AS o
LEFT JOIN core.organization AS g ON g.org_id = o.implementer_org_id
LEFT JOIN core.project AS p ON p.project_id = o.project_id
LEFT JOIN ref.zone AS z ON z.zone_id = o.zone_id
WHERE o.outcome_id = $id
LIMIT 1
