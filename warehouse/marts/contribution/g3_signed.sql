-- 已签约科技成果：权利已落实、自基准日起签约，是落地的先行指标。
-- grain: key, counts_from
SELECT
  o.outcome_id AS key,
  'outcome' AS entity_kind,
  o.outcome_id AS entity_id,
  o.signed_on AS occurred_on,
  o.signed_precision AS occurred_precision,
  o.signed_on AS counts_from,
  1 AS value,
  o.zone_id,
  o.department_id,
  o.sender AS reported_by,
  o.direction_id,
  o.implementer_org_id AS org_id,
  o.right_kind AS category,
  o.is_pending,
  o.known_at,
  o.row_id,
  o.source_row_ids
FROM core.outcome AS o
JOIN ref.goal AS g ON g.goal_id = 'g3'
WHERE NOT o.is_void AND o.has_right AND o.signed_on >= g.base_on AND o.zone_id <> 'outside'
