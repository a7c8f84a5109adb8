-- 未归因产值，近十二个月：没有归因比例的，另列。
-- grain: key, counts_from
SELECT
  o.* EXCLUDE (attributable_cny, amount_cny, counts_until, outcome_id, calibre, period_from, period_to),
  o.amount_cny AS value,
  least(o.counts_until, last_day(o.period_to + INTERVAL 12 MONTH)) AS counts_until
FROM core.output_place AS o
WHERE o.amount_cny IS NOT NULL
  AND o.attributable_cny IS NULL AND o.counts_from < last_day(o.period_to + INTERVAL 12 MONTH)
