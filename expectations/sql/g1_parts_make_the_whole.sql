-- 任何一天、任何空间：仅概念验证、仅小试、两者都有，三数之和等于概念验证及小试项目数。
-- checked: mart.contribution WHERE metric_id IN ('g1_poc_small', 'g1_poc_only', 'g1_small_only', 'g1_both')
WITH signed AS (
  SELECT c.zone_id, c.counts_from, c.counts_until, CASE WHEN c.metric_id = 'g1_poc_small' THEN c.value ELSE -c.value END AS value
  FROM mart.contribution AS c
  WHERE c.metric_id IN ('g1_poc_small', 'g1_poc_only', 'g1_small_only', 'g1_both')
),
steps AS (
  SELECT s.zone_id, s.counts_from AS since, s.value FROM signed AS s
  UNION ALL
  SELECT s.zone_id, s.counts_until AS since, -s.value FROM signed AS s WHERE s.counts_until IS NOT NULL
),
daily AS (
  SELECT s.zone_id, s.since, sum(s.value) AS value
  FROM steps AS s
  GROUP BY ALL
)
SELECT
  d.since,
  d.zone_id,
  '相差 ' || sum(d.value) OVER so_far AS difference
FROM daily AS d
WINDOW so_far AS (PARTITION BY d.zone_id ORDER BY d.since)
QUALIFY sum(d.value) OVER so_far <> 0
ORDER BY d.since, d.zone_id
