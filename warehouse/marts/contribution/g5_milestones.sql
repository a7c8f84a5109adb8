-- 七个承载区的里程碑：区内有至少一个处于中试及以后阶段的在途项目时，计一项。
-- grain: key, counts_from
WITH active AS (
  SELECT coalesce(s.own_zone_id, pp.zone_id, 'unplaced') AS zone_id, s.told_row_id, s.row_id,
    greatest(s.entered_on, pp.valid_from) AS active_from,
    coalesce(least(s.left_on, pp.valid_until), DATE '9999-12-31') AS active_until
  FROM core.stage_spell AS s
  JOIN ref.stage AS st ON st.stage_id = s.stage_id AND st.stage_order >= 3
  LEFT JOIN core.project_place AS pp ON pp.project_id = s.project_id AND s.own_zone_id IS NULL
    AND (pp.valid_until IS NULL OR pp.valid_until > s.entered_on)
),
in_carriers AS (
  SELECT a.*, max(a.active_until) OVER (PARTITION BY a.zone_id ORDER BY a.active_from, a.told_row_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered_until
  FROM active AS a
  JOIN ref.zone AS z ON z.zone_id = a.zone_id AND z.kind = 'carrier'
  WHERE a.active_from < a.active_until
),
islands AS (
  SELECT c.*, sum(CASE WHEN c.covered_until IS NULL OR c.active_from > c.covered_until THEN 1 ELSE 0 END)
    OVER (PARTITION BY c.zone_id ORDER BY c.active_from, c.told_row_id) AS island_no
  FROM in_carriers AS c
),
milestones AS (
  SELECT i.zone_id, min(i.active_from) AS active_from, max(i.active_until) AS active_until,
    arg_min(i.row_id, (i.active_from, i.told_row_id)) AS row_id, list(i.row_id ORDER BY i.row_id) AS source_row_ids
  FROM islands AS i
  GROUP BY i.zone_id, i.island_no
)
SELECT
  'carrier:' || m.zone_id AS key,
  'zone' AS entity_kind,
  m.zone_id AS entity_id,
  m.active_from AS occurred_on,
  e.occurred_precision,
  m.active_from AS counts_from,
  CASE WHEN m.active_until < DATE '9999-12-31' THEN m.active_until END AS counts_until,
  1 AS value,
  m.zone_id,
  e.department_id,
  e.sender AS reported_by,
  'carrier' AS category,
  false AS is_pending,
  f.received_at AS known_at,
  m.row_id,
  m.source_row_ids
FROM milestones AS m
JOIN core.stage_event AS e ON e.row_id = m.row_id
JOIN raw.file AS f ON f.file_id = e.file_id
