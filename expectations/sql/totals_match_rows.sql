-- 计数合计与计数行一致：每个指标、每个空间的行数、起止与数值之和都相同。
-- checked: mart.contribution_total
WITH by_row AS (
  SELECT c.metric_id, c.zone_id, count(*) AS contributions, sum(c.value) AS value, count(c.counts_until) AS ended,
    min(c.counts_from) AS first_on, max(c.counts_until) AS last_on
  FROM mart.contribution AS c
  GROUP BY c.metric_id, c.zone_id
),
by_total AS (
  SELECT t.metric_id, t.zone_id, sum(t.contributions) AS contributions, sum(t.value) AS value,
    coalesce(sum(t.contributions) FILTER (WHERE t.counts_until IS NOT NULL), 0) AS ended, min(t.counts_from) AS first_on, max(t.counts_until) AS last_on
  FROM mart.contribution_total AS t
  GROUP BY t.metric_id, t.zone_id
)
SELECT
  coalesce(r.metric_id, t.metric_id) AS metric_id,
  coalesce(r.zone_id, t.zone_id) AS zone_id
FROM by_row AS r
FULL JOIN by_total AS t ON t.metric_id = r.metric_id AND t.zone_id = r.zone_id
WHERE (r.contributions, r.value, r.ended, r.first_on, r.last_on) IS DISTINCT FROM (t.contributions, t.value, t.ended, t.first_on, t.last_on)
ORDER BY ALL
