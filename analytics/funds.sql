-- What the fund metrics come to at $v, by fund, category, stage and the day it happened.
SELECT t.metric_id, t.fund_id, t.category, t.stage_id, t.occurred_on, sum(t.value) AS value
FROM mart.fund_total AS t
WHERE t.counts_from <= $v AND (t.counts_until IS NULL OR t.counts_until > $v)
GROUP BY ALL
ORDER BY ALL
