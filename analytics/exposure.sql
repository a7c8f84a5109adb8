-- The exposures that count at $v, of the asked layers: one row a firm, zone and layer (and day it began). '' names no firm.
SELECT
  e.org_id,
  e.group_id,
  e.name,
  e.is_registered,
  e.zone_id,
  e.metric_id,
  e.value
FROM mart.exposure_firm AS e
WHERE list_contains($metrics, e.metric_id)
  AND e.counts_from <= $v AND (e.counts_until IS NULL OR e.counts_until > $v)
