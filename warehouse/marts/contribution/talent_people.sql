-- 引进人才：专家与毕业生的人数，按类别与来源。
-- grain: key, counts_from
SELECT
  t.* EXCLUDE (talent_class, arrivals, firms_founded),
  t.arrivals AS value
FROM core.talent_count AS t
WHERE t.arrivals > 0 AND t.talent_class IN ('expert', 'graduate')
