-- 场所需求，应满足的件数：已满足的，和等了三十天仍未满足的。
-- grain: key, counts_from
-- 未满足而不足三十天的不在分母；起止不到日的不计天数，也不在内。
SELECT
  r.* EXCLUDE (requested_on, requested_precision, met_on, met_precision, is_dated),
  r.requested_on AS occurred_on,
  r.requested_precision AS occurred_precision,
  least(r.met_on, r.requested_on + 30) AS counts_from,
  1 AS value
FROM core.request_wait AS r
WHERE r.is_dated
