-- 每个计数行的空间都在空间表中；不分空间的指标记 na。
-- checked: mart.contribution
SELECT
  c.metric_id,
  c.key,
  c.zone_id
FROM mart.contribution AS c
LEFT JOIN ref.zone AS z USING (zone_id)
LEFT JOIN ref.metric AS m USING (metric_id)
WHERE z.zone_id IS NULL AND (c.zone_id <> 'na' OR coalesce(m.is_zoned, true))
ORDER BY ALL
