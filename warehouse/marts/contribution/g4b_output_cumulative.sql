-- 归因产值，基准日以来累计：整期在基准日之后的才计。
-- grain: key, counts_from
SELECT
  o.* EXCLUDE (attributable_cny, amount_cny, counts_until, outcome_id, calibre, period_from, period_to),
  o.attributable_cny AS value,
  o.counts_until AS counts_until
FROM core.output_place AS o
WHERE o.attributable_cny IS NOT NULL
  AND o.period_from >= (SELECT g.base_on FROM ref.goal AS g WHERE g.goal_id = 'g4')
