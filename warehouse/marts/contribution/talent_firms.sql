-- 引进人才创办的企业：按类别与来源。
-- grain: key, counts_from
SELECT
  t.* EXCLUDE (talent_class, arrivals, firms_founded),
  t.firms_founded AS value
FROM core.talent_count AS t
WHERE t.firms_founded > 0
