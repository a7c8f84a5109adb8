-- The scenarios open for take-up or under way at $v, the longest waiting first; $zone NULL for all; $most of them, with how many there are.
SELECT
  s.scenario_id,
  s.scenario_name,
  coalesce(o.org_name, s.org_id) AS publisher,
  s.zone_id,
  c.metric_id = 'scenario_under_way' AS is_taken,
  c.occurred_on,
  c.occurred_precision,
  ($v::DATE - c.occurred_on)::INTEGER AS days,
  s.valid_until_on,
  count(*) OVER () AS scenarios
FROM mart.contribution AS c
JOIN core.scenario_course AS s ON s.scenario_id = c.key
LEFT JOIN core.organization AS o ON o.org_id = s.org_id
WHERE c.metric_id IN ('scenario_open', 'scenario_under_way') AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND ($zone IS NULL OR c.zone_id = $zone)
ORDER BY is_taken, c.occurred_on, s.scenario_id
LIMIT $most
