-- 计数的指标每行为正数；金额可以为负（更正）。
-- checked: mart.contribution AS c JOIN ref.metric AS m USING (metric_id) WHERE m.unit <> '元'
SELECT
  c.metric_id,
  c.key,
  c.value
FROM mart.contribution AS c
JOIN ref.metric AS m USING (metric_id)
WHERE m.unit <> '元' AND c.value <= 0
ORDER BY ALL
