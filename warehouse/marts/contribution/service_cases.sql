-- 一体化服务办件，受理的件数。
-- grain: key, counts_from
SELECT
  s.* EXCLUDE (accepted_on, accepted_precision, closed_on, closed_precision, satisfaction),
  s.accepted_on AS occurred_on,
  s.accepted_precision AS occurred_precision,
  s.accepted_on AS counts_from,
  1 AS value
FROM core.service_course AS s
