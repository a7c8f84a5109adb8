-- 一条在途线索在任一日只处于一步：跟踪、待入驻、待进漏斗互不重叠。
-- checked: mart.contribution AS c WHERE c.metric_id LIKE 'lead_open_%'
SELECT
  a.metric_id,
  b.metric_id AS other,
  a.key
FROM mart.contribution AS a
JOIN mart.contribution AS b ON b.key = a.key AND b.metric_id > a.metric_id AND b.metric_id LIKE 'lead_open_%'
  AND b.counts_from < coalesce(a.counts_until, DATE '9999-12-31') AND a.counts_from < coalesce(b.counts_until, DATE '9999-12-31')
WHERE a.metric_id LIKE 'lead_open_%'
ORDER BY ALL
