-- When outcomes landed since the base date that report no attributable output by V.
SELECT g.occurred_on
FROM core.outcome_landing AS g
WHERE g.occurred_on BETWEEN $base AND $v
  AND NOT EXISTS (FROM core.output_month AS o WHERE o.outcome_id = g.key AND o.attributable_cny IS NOT NULL AND o.period_to <= $v)
ORDER BY g.occurred_on
