-- Attributable output by V of each outcome that reports any: the mean of the last three months reported, and up to when it is reported.
WITH monthly AS (
  SELECT coalesce(o.outcome_id, o.org_id) AS line_id, o.period_to, sum(o.attributable_cny) AS cny, max(datediff('month', o.period_from, o.period_to) + 1) AS months
  FROM core.output_month AS o
  WHERE o.attributable_cny IS NOT NULL AND o.period_to <= $v
  GROUP BY ALL
),
recent AS (
  SELECT m.*, max(m.period_to) OVER (PARTITION BY m.line_id) AS reported_upto
  FROM monthly AS m
)
SELECT
  r.line_id,
  r.reported_upto,
  (sum(r.cny) / sum(r.months))::DOUBLE AS per_month
FROM recent AS r
WHERE r.period_to > last_day(r.reported_upto - INTERVAL 3 MONTH)
GROUP BY ALL
ORDER BY r.line_id
