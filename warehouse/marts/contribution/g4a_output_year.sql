-- 归因产值，当年：每月的数计到次年一月一日。
-- grain: key, counts_from
SELECT
  o.* EXCLUDE (attributable_cny, amount_cny, counts_until, outcome_id, calibre, period_from, period_to),
  o.attributable_cny AS value,
  least(o.counts_until, make_date(year(o.period_to) + 1, 1, 1)) AS counts_until
FROM core.output_place AS o
WHERE o.attributable_cny IS NOT NULL
  AND o.counts_from < make_date(year(o.period_to) + 1, 1, 1)
