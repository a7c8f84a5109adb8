-- 悬置的先投后股协议：触发条件满足已超过规定天数（参数 deal_suspended_days）而未转股、未了结。
-- grain: key, counts_from
SELECT
  p.agreement_id AS key,
  p.entity_kind,
  p.agreement_id AS entity_id,
  p.triggered_on AS occurred_on,
  coalesce(p.triggered_precision, 'D') AS occurred_precision,
  greatest(p.counts_from, p.triggered_on + 1 + s.value::INTEGER) AS counts_from,
  least(p.counts_until, p.converted_on) AS counts_until,
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
JOIN ref.setting AS s ON s.setting_id = 'deal_suspended_days'
WHERE p.triggered_on IS NOT NULL AND p.status NOT IN ('converted', 'held', 'exited', 'returned', 'replaced', 'exempted', 'terminated')
  AND greatest(p.counts_from, p.triggered_on + 1 + s.value::INTEGER) < coalesce(least(p.counts_until, p.converted_on), DATE '9999-12-31')
