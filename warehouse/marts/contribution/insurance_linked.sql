-- 投保联动的在保保额：保单写明联动的投资流水。
-- grain: key, counts_from
SELECT
  i.policy_no AS key, 'policy' AS entity_kind, i.policy_no AS entity_id, i.starts_on AS occurred_on, coalesce(i.starts_precision, 'D') AS occurred_precision,
  greatest(i.valid_from, i.starts_on, coalesce(o.valid_from, i.starts_on)) AS counts_from,
  least(i.valid_until, i.ends_on + 1, o.valid_until) AS counts_until, i.insured_cny AS value, coalesce(o.zone_id, 'unplaced') AS zone_id, i.department_id,
  i.sender AS reported_by, i.insured_org_id AS org_id, i.risk_kind AS category, false AS is_pending, i.known_at, i.row_id, i.source_row_ids
FROM core.insurance_version AS i
LEFT JOIN core.organization_place AS o ON o.org_id = i.insured_org_id
  AND (i.valid_until IS NULL OR o.valid_from < i.valid_until) AND (o.valid_until IS NULL OR o.valid_until > i.valid_from)
WHERE i.ends_on >= greatest(i.valid_from, i.starts_on) AND (i.valid_until IS NULL OR i.valid_until > i.starts_on)
  AND (o.valid_until IS NULL OR o.valid_until > i.starts_on) AND (o.valid_from IS NULL OR o.valid_from <= i.ends_on) AND i.insured_cny > 0 AND i.investment_flow_id IS NOT NULL
