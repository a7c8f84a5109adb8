-- 归因产值，近十二个月：每月的数计满十二个月。
-- grain: key, counts_from
SELECT
  o.* EXCLUDE (attributable_cny, amount_cny, counts_until, outcome_id, calibre, period_from, period_to),
  o.attributable_cny AS value,
  least(o.counts_until, last_day(o.period_to + INTERVAL 12 MONTH)) AS counts_until
FROM core.output_place AS o
WHERE o.attributable_cny IS NOT NULL
  AND o.counts_from < last_day(o.period_to + INTERVAL 12 MONTH)
