-- 一体化服务办件，在办的件数。
-- grain: key, counts_from
SELECT
  s.* EXCLUDE (accepted_on, accepted_precision, closed_on, closed_precision, satisfaction),
  s.accepted_on AS occurred_on,
  s.accepted_precision AS occurred_precision,
  s.accepted_on AS counts_from,
  s.closed_on AS counts_until,
  1 AS value
FROM core.service_course AS s
WHERE s.closed_on IS NULL OR s.closed_on > s.accepted_on
