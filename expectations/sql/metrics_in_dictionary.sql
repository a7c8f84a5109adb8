-- 计数行的每个指标都在口径词典中。
-- checked: (SELECT DISTINCT metric_id FROM mart.contribution)
SELECT DISTINCT
  c.metric_id
FROM mart.contribution AS c
WHERE c.metric_id NOT IN (SELECT m.metric_id FROM ref.metric AS m)
ORDER BY c.metric_id
