-- 累计指标不会下降：一行到期之日，同一自然键必有下一行接着计。分项除外，它可以转入另一分项。
-- checked: mart.contribution AS c JOIN ref.metric AS m USING (metric_id) WHERE m.time_kind = 'cumulative' AND m.part_of IS NULL
WITH ended AS (
  SELECT c.metric_id, c.key, c.counts_until
  FROM mart.contribution AS c
  JOIN ref.metric AS m USING (metric_id)
  WHERE m.time_kind = 'cumulative' AND m.part_of IS NULL AND c.counts_until IS NOT NULL
)
SELECT
  e.metric_id,
  e.key,
  e.counts_until
FROM ended AS e
WHERE NOT EXISTS (
  FROM mart.contribution AS n
  WHERE n.metric_id = e.metric_id AND n.key = e.key AND n.counts_from = e.counts_until)
ORDER BY ALL
