-- 同一指标同一自然键，任何一天至多一行在计。
-- checked: mart.contribution
WITH several AS (
  SELECT c.metric_id, c.key
  FROM mart.contribution AS c
  GROUP BY c.metric_id, c.key
  HAVING count(*) > 1
),
followed AS (
  SELECT c.metric_id, c.key, c.counts_from, c.counts_until,
    lead(c.counts_from) OVER (PARTITION BY c.metric_id, c.key ORDER BY c.counts_from) AS next_from
  FROM mart.contribution AS c
  SEMI JOIN several USING (metric_id, key)
)
SELECT
  f.metric_id,
  f.key,
  f.next_from
FROM followed AS f
WHERE f.next_from < coalesce(f.counts_until, DATE '9999-12-31')
ORDER BY ALL
