-- 引进团队：团队的个数，按来源；团队里有几人没有报。
-- grain: key, counts_from
SELECT
  t.* EXCLUDE (talent_class, arrivals, firms_founded),
  t.arrivals AS value
FROM core.talent_count AS t
WHERE t.arrivals > 0 AND t.talent_class = 'team'
