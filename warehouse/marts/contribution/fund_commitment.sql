-- 基金认缴：各出资人现行的认缴，一只基金一个出资人一行，随名单更新。
-- grain: key, counts_from
SELECT
  concat_ws('|', c.department_id, nullif(c.sender, ''), c.fund_id, c.investor_org_id) AS key,
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
