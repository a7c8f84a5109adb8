-- 人才公寓轮候人数：各房源点最近一期所报。
-- grain: key, counts_from
SELECT
  h.* EXCLUDE (sender, site_id, total, available, occupied, waiting, mean_wait_days),
  h.waiting AS value
FROM core.housing_stock AS h
WHERE h.waiting > 0
