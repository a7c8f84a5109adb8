-- 一体化服务办件，办结的件数。
-- grain: key, counts_from
SELECT
  s.* EXCLUDE (accepted_on, accepted_precision, closed_on, closed_precision, satisfaction),
  s.closed_on AS occurred_on,
  s.closed_precision AS occurred_precision,
  s.closed_on AS counts_from,
  1 AS value
FROM core.service_course AS s
WHERE s.closed_on IS NOT NULL
