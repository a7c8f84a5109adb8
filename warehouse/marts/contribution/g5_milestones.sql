-- 一核七区的里程碑：核心区六项功能投用的，各计一项；承载区内有至少一个处于中试及以后阶段的在途项目时，每区计一项。
-- grain: key, counts_from
-- 通过中试而尚未进入下一阶段的仍在途；到终止、撤回、退回或重入较早阶段为止。
WITH moves AS (
  SELECT e.project_id, e.occurred_on, e.own_zone_id, e.told_row_id, e.row_id, e.event_type IN ('enter', 'reenter') AND st.stage_order >= 3 AS is_active,
    e.event_type NOT IN ('enter', 'reenter') OR st.stage_order < 3 AS is_end
  FROM core.stage_event AS e
  JOIN ref.stage AS st ON st.stage_id = e.stage_id
  WHERE e.is_counted AND e.event_type IN ('enter', 'reenter', 'terminate', 'withdraw', 'regress')
),
followed AS (
  SELECT m.*, min(m.occurred_on) FILTER (m.is_end) OVER (PARTITION BY m.project_id ORDER BY m.occurred_on, m.told_row_id
    ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS ended_on
  FROM moves AS m
  WHERE m.project_id IN (SELECT x.project_id FROM moves AS x WHERE x.is_active)
),
active AS (
  SELECT coalesce(f.own_zone_id, pp.zone_id, 'unplaced') AS zone_id, f.told_row_id, f.row_id,
    greatest(f.occurred_on, pp.valid_from) AS active_from,
    coalesce(least(f.ended_on, pp.valid_until), DATE '9999-12-31') AS active_until
  FROM followed AS f
  LEFT JOIN core.project_place AS pp ON pp.project_id = f.project_id AND f.own_zone_id IS NULL
    AND (pp.valid_until IS NULL OR pp.valid_until > f.occurred_on)
  WHERE f.is_active
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
UNION ALL BY NAME
SELECT
  'core:' || s.core_function_id AS key,
  'core_function' AS entity_kind,
  s.core_function_id AS entity_id,
  coalesce(s.opened_on, s.valid_from) AS occurred_on,
  coalesce(s.opened_precision, 'D') AS occurred_precision,
  s.valid_from AS counts_from,
  s.valid_until AS counts_until,
  1 AS value,
  s.zone_id,
  s.department_id,
  s.sender AS reported_by,
  'core' AS category,
  false AS is_pending,
  s.known_at,
  s.row_id,
  s.source_row_ids
FROM core.core_function_state AS s
WHERE s.status = 'in_use'
