-- What the asked metrics count at $v, key by key; a key counts once on one day.
-- grain: metric_id, key
SELECT
  c.metric_id,
  c.key,
  c.entity_kind,
  c.entity_id,
  c.occurred_on
FROM mart.contribution AS c
WHERE list_contains($metrics, c.metric_id)
  AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
