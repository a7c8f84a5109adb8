-- 一体化服务办件，评过满意度的件数。
-- grain: key, counts_from
-- 评分无日期，按办结之日计，未办结的按受理之日。
SELECT
  s.* EXCLUDE (accepted_on, accepted_precision, closed_on, closed_precision, satisfaction),
  coalesce(s.closed_on, s.accepted_on) AS occurred_on,
  coalesce(s.closed_precision, s.accepted_precision) AS occurred_precision,
  coalesce(s.closed_on, s.accepted_on) AS counts_from,
  1 AS value
FROM core.service_course AS s
WHERE s.satisfaction IS NOT NULL
