-- 先投后股协议：现行名单上的，一份一行，分类为协议状态。
-- grain: key, counts_from
SELECT
  p.agreement_id AS key,
  p.entity_kind,
  p.agreement_id AS entity_id,
  p.signed_on AS occurred_on,
  coalesce(p.signed_precision, 'D') AS occurred_precision,
  p.counts_from,
  p.counts_until,
  1 AS value,
  p.zone_id,
  p.department_id,
  p.reported_by,
  p.org_id,
  p.status AS category,
  false AS is_pending,
  p.known_at,
  p.row_id,
  p.source_row_ids
FROM core.invest_first_place AS p
