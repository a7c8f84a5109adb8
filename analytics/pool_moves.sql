-- What moved the compensation pool by $v, by year and kind.
SELECT
  year(c.occurred_on) AS year,
  c.category AS entry_kind,
  sum(c.value)::DECIMAL(20, 2) AS value
FROM mart.contribution AS c
WHERE c.metric_id = 'pool_balance' AND c.counts_from <= $v
GROUP BY ALL
ORDER BY ALL
