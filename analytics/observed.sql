-- How root projects went through the stages by V: of each stage, those that advanced by the stage entered next, those that ended, those in it, and the months spent.
-- A project is in the last stage it entered until it enters a later one or ends for good; an entry into a stage earlier than one already entered is no step of the way.
-- Only what happened since the base date counts, stays that began before it from that day on: what was before was another regime.
-- Landed is whoever entered 转化落地 or 产业化, or has a landed outcome.
WITH entered AS (
  SELECT e.root_project_id, s.stage_id, s.stage_order, e.occurred_on
  FROM core.stage_entry AS e
  JOIN ref.stage AS s ON s.stage_id = e.stage_id
  WHERE e.occurred_on <= $v
  UNION ALL
  SELECT l.root_project_id, s.stage_id, s.stage_order, min(l.occurred_on)
  FROM (
    SELECT e.root_project_id, e.occurred_on
    FROM core.stage_event AS e
    WHERE e.is_counted AND e.event_type IN ('enter', 'reenter') AND e.stage_id IN ('landed', 'industrial')
    UNION ALL
    SELECT coalesce(p.root_project_id, o.project_id), g.occurred_on
    FROM core.outcome_landing AS g
    JOIN core.outcome AS o ON o.outcome_id = g.key
    LEFT JOIN core.project AS p ON p.project_id = o.project_id
  ) AS l
  JOIN ref.stage AS s ON s.stage_id = 'landed'
  WHERE l.occurred_on <= $v
  GROUP BY l.root_project_id, s.stage_id, s.stage_order
),
steps AS (
  SELECT e.root_project_id, e.stage_id, e.stage_order, e.occurred_on,
    max(e.stage_order) OVER (PARTITION BY e.root_project_id ORDER BY e.occurred_on, e.stage_order) AS furthest
  FROM entered AS e
),
followed AS (
  SELECT s.root_project_id, s.stage_id, s.occurred_on,
    row_number() OVER w = 1 AS is_first, lead(s.stage_id) OVER w AS next_stage_id, lead(s.occurred_on) OVER w AS next_on
  FROM steps AS s
  WHERE s.stage_order = s.furthest
  WINDOW w AS (PARTITION BY s.root_project_id ORDER BY s.occurred_on, s.stage_order)
),
ended AS (
  SELECT t.root_project_id, max(t.terminated_on) AS ended_on
  FROM core.termination AS t
  WHERE t.terminated_on <= $v AND (t.reopened_on IS NULL OR t.reopened_on > $v)
  GROUP BY t.root_project_id
)
SELECT
  f.stage_id,
  f.next_stage_id,
  f.next_on IS NULL AND d.ended_on IS NOT NULL AS is_ended,
  count(*) AS projects,
  count(*) FILTER (f.is_first AND f.occurred_on >= $base) AS new_here,
  sum(greatest(coalesce(f.next_on, d.ended_on, $v::DATE) - greatest(f.occurred_on, $base::DATE), 0))::DOUBLE AS days
FROM followed AS f
LEFT JOIN ended AS d ON d.root_project_id = f.root_project_id
WHERE coalesce(f.next_on, d.ended_on, $v::DATE) >= $base
GROUP BY ALL
ORDER BY ALL
