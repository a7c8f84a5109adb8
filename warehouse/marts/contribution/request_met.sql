-- 场所需求，已满足的件数。
-- grain: key, counts_from
SELECT
  r.* EXCLUDE (requested_on, requested_precision, met_on, met_precision, is_dated),
  r.met_on AS occurred_on,
  r.met_precision AS occurred_precision,
  r.met_on AS counts_from,
  1 AS value
FROM core.request_wait AS r
WHERE r.met_on IS NOT NULL
