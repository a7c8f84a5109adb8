-- What the asked metrics count at $v, key by key, with the name of the thing counted.
-- grain: metric_id, key
SELECT
  c.metric_id,
  c.key,
  any_value(coalesce(p.project_name, o.outcome_name, z.name_zh, c.entity_id)) AS name,
  max(c.occurred_on) AS occurred_on,
  sum(c.value) AS value
FROM mart.contribution AS c
LEFT JOIN core.project AS p ON c.entity_kind = 'project' AND p.project_id = c.entity_id
LEFT JOIN core.outcome AS o ON c.entity_kind = 'outcome' AND o.outcome_id = c.entity_id
LEFT JOIN ref.zone AS z ON c.entity_kind = 'zone' AND z.zone_id = c.entity_id
WHERE list_contains($metrics, c.metric_id)
  AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
GROUP BY c.metric_id, c.key
