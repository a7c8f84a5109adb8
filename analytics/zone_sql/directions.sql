-- The directions of a zone with its projects that count at $v in each asked metric; beside them those of other zones' directions, and of none.
WITH counted AS (
  SELECT c.metric_id, CASE WHEN d.zone_id = $zone THEN c.direction_id WHEN d.zone_id IS NOT NULL THEN 'elsewhere' ELSE 'none' END AS direction_id,
    sum(c.value) AS value
  FROM mart.contribution AS c
  LEFT JOIN ref.direction AS d USING (direction_id)
  WHERE list_contains($metrics, c.metric_id) AND c.zone_id = $zone AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  GROUP BY ALL
),
places AS (
  SELECT d.direction_id, d.name_zh, d.name_en
  FROM ref.direction AS d
  WHERE d.zone_id = $zone
  UNION ALL
  VALUES ('elsewhere', NULL, NULL), ('none', NULL, NULL)
)
SELECT
  p.direction_id,
  p.name_zh,
  p.name_en,
  map_from_entries(list((c.metric_id, c.value)) FILTER (c.metric_id IS NOT NULL)) AS counts
FROM places AS p
LEFT JOIN counted AS c USING (direction_id)
GROUP BY p.direction_id, p.name_zh, p.name_en
ORDER BY p.direction_id IN ('elsewhere', 'none'), p.direction_id
