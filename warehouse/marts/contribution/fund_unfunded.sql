-- 基金未缴：认缴减实缴，认缴随名单、实缴逐笔；可回拨的分配没有报表，不加。
-- grain: key, counts_from
SELECT
  concat_ws('|', 'commitment', c.department_id, nullif(c.sender, ''), c.fund_id, c.investor_org_id) AS key,
  'fund' AS entity_kind,
  c.fund_id AS entity_id,
  c.valid_from AS occurred_on,
  'D' AS occurred_precision,
  c.valid_from AS counts_from,
  c.valid_until AS counts_until,
  c.committed_cny AS value,
  'na' AS zone_id,
  c.department_id,
  nullif(c.sender, '') AS reported_by,
  c.investor_org_id AS org_id,
  c.investor_kind AS category,
  false AS is_pending,
  c.known_at,
  c.row_id,
  c.source_row_ids
FROM core.fund_commitment_version AS c
UNION ALL BY NAME
SELECT
  f.* EXCLUDE (flow_kind, amount_cny, investor_kind, holding_share, root_project_id, is_first_institutional, holding_years) REPLACE ('paid|' || f.key AS key),
  f.investor_kind AS category,
  -f.amount_cny AS value,
  false AS is_pending
FROM core.fund_entry AS f
WHERE f.flow_kind = 'paid_in'
