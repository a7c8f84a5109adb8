-- 场所需求，收到的件数。
-- grain: key, counts_from
SELECT
  r.* EXCLUDE (requested_on, requested_precision, met_on, met_precision, is_dated),
  r.requested_on AS occurred_on,
  r.requested_precision AS occurred_precision,
  r.requested_on AS counts_from,
  1 AS value
FROM core.request_wait AS r
