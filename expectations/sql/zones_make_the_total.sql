-- 基准日、其后各月末和最新截至日：每个指标一核、七区、区外、未落区之和等于总数。
-- checked: ref.metric
WITH days AS (
  SELECT g.base_on AS v FROM ref.goal AS g
  UNION
  SELECT s.newest_as_of FROM meta.snapshot AS s WHERE s.newest_as_of IS NOT NULL
  UNION
  SELECT last_day(m.month_on::DATE)
  FROM meta.snapshot AS s, (SELECT min(g.base_on) AS base_on FROM ref.goal AS g) AS b,
    generate_series(b.base_on::TIMESTAMP, s.newest_as_of::TIMESTAMP, INTERVAL 1 MONTH) AS m(month_on)
  WHERE last_day(m.month_on::DATE) <= s.newest_as_of
),
bundled AS (
  SELECT c.metric_id, c.zone_id, c.counts_from, c.counts_until, sum(c.value) AS value
  FROM mart.contribution AS c
  GROUP BY ALL
),
alive AS (
  SELECT b.metric_id, b.zone_id, d.v, sum(b.value) AS value
  FROM bundled AS b
  JOIN days AS d ON b.counts_from <= d.v AND (b.counts_until IS NULL OR b.counts_until > d.v)
  GROUP BY ALL
),
total AS (
  SELECT a.metric_id, a.v, sum(a.value) AS value
  FROM alive AS a
  GROUP BY ALL
),
places AS (
  SELECT z.zone_id FROM ref.zone AS z
  UNION ALL
  SELECT 'na'
),
placed AS (
  SELECT a.metric_id, a.v, sum(a.value) AS value
  FROM alive AS a
  JOIN places AS p USING (zone_id)
  GROUP BY ALL
)
SELECT
  t.metric_id,
  t.v,
  '总数 ' || t.value || '，各空间之和 ' || coalesce(p.value, 0) AS difference
FROM total AS t
LEFT JOIN placed AS p USING (metric_id, v)
WHERE t.value <> coalesce(p.value, 0)
ORDER BY t.metric_id, t.v
