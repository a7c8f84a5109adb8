-- 成果的实施单位都在主体库；不在的不能计为落地。
-- checked: core.outcome WHERE NOT is_void AND (implementer_org_id IS NOT NULL OR landed_on IS NOT NULL)
-- by: row_id
SELECT
  o.outcome_id,
  coalesce(o.implementer_org_id, '未填实施单位') AS found,
  o.row_id
FROM core.outcome AS o
WHERE NOT o.is_void AND NOT o.is_implementer_known AND (o.implementer_org_id IS NOT NULL OR o.landed_on IS NOT NULL)
-- by: row_id
ORDER BY o.outcome_id
