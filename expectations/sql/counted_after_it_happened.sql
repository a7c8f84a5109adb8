-- 累计指标的每一行都在发生之日或其后才计。
-- checked: mart.contribution AS c JOIN ref.metric AS m USING (metric_id) WHERE m.time_kind = 'cumulative'
SELECT
  c.metric_id,
  c.key,
  c.occurred_on
FROM mart.contribution AS c
JOIN ref.metric AS m USING (metric_id)
WHERE m.time_kind = 'cumulative' AND c.occurred_on > c.counts_from
ORDER BY ALL
