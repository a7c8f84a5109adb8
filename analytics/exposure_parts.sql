-- The exposure of the government at $v by zone, direction, stage and instrument: one row a part; names in $language; '' where nothing is said.
WITH alive AS (
  SELECT c.zone_id, coalesce(c.direction_id, '') AS direction_id, coalesce(c.stage_id, '') AS stage_id, coalesce(c.category, '') AS category, c.value
  FROM mart.contribution AS c
  WHERE c.metric_id = 'exp_government'
    AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
),
parts AS (
  SELECT 'direction' AS dimension, a.direction_id AS code, sum(a.value) AS value, count(*) AS rows FROM alive AS a GROUP BY a.direction_id
  UNION ALL
  SELECT 'stage' AS dimension, a.stage_id AS code, sum(a.value) AS value, count(*) AS rows FROM alive AS a GROUP BY a.stage_id
  UNION ALL
  SELECT 'category' AS dimension, a.category AS code, sum(a.value) AS value, count(*) AS rows FROM alive AS a GROUP BY a.category
)
SELECT
  p.dimension,
  p.code,
  coalesce(CASE WHEN $language = 'en' THEN s.name_en END, d.name_zh, s.name_zh) AS name,
  p.value,
  p.rows,
  s.stage_order
FROM parts AS p
LEFT JOIN ref.direction AS d ON p.dimension = 'direction' AND d.direction_id = p.code
LEFT JOIN ref.stage AS s ON p.dimension = 'stage' AND s.stage_id = p.code
ORDER BY p.dimension, p.value DESC, p.code
