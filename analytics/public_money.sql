-- Public money as listed at $v by source and year: requested, budgeted, allocated, received and spent. NULL: not told of any item.
SELECT
  c.category AS source,
  year(c.occurred_on) AS year,
  c.metric_id,
  sum(c.value) AS value,
  count(*) AS items
FROM mart.contribution AS c
WHERE c.entity_kind = 'funding' AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
GROUP BY ALL
ORDER BY ALL
