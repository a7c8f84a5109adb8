-- The projects under way on $v, of those that are given as `stock`, that entered their stage by $last_on and whose age in it is beyond $limits (stage, days), the
-- longest first.
WITH limits AS (
  SELECT unnest($limits::STRUCT(stage_id VARCHAR, days DOUBLE)[], recursive := true)
),
stock AS NOT MATERIALIZED (
  /* stock */
)
SELECT
  c.entity_id,
  c.org_id,
  c.stage_id,
  c.category,
  c.occurred_on,
  c.occurred_precision,
  ($v::DATE - c.occurred_on)::INTEGER AS age_days,
  l.days AS limit_days,
  c.zone_id
FROM stock AS c
JOIN limits AS l ON l.stage_id = c.stage_id AND $v::DATE - c.occurred_on > l.days
WHERE c.occurred_on <= $last_on
ORDER BY c.occurred_on, c.entity_id
LIMIT $most
