-- The metrics in which a thing counts at $v, those with the most rows first.
SELECT
  c.metric_id,
  count(*) AS rows,
  sum(c.value) AS value
FROM mart.contribution AS c
WHERE c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND true /* counted */
GROUP BY c.metric_id
ORDER BY c.metric_id
