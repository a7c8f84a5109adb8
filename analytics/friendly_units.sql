-- The friendly units in force or expired at $v, the first to end first; $zone NULL for all; $most of them, with how many there are.
SELECT
  u.scenario_id,
  u.unit_name,
  CASE WHEN c.metric_id = 'friendly_expired' THEN 'expired' WHEN u.valid_until_on <= $v::DATE + 90 THEN 'expiring' ELSE 'valid' END AS state,
  u.recognised_on,
  u.recognised_precision,
  u.valid_until_on,
  (u.valid_until_on - $v::DATE)::INTEGER AS days,
  u.purchase_cny,
  count(*) OVER () AS units
FROM mart.contribution AS c
JOIN core.friendly_unit AS u ON u.scenario_id = c.key
WHERE c.metric_id IN ('friendly_valid', 'friendly_expired') AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND ($zone IS NULL OR c.zone_id = $zone)
ORDER BY u.valid_until_on NULLS LAST, u.scenario_id
LIMIT $most
