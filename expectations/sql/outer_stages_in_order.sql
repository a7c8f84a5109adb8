-- 研发、转化落地、产业化与其他阶段首次进入的先后，与阶段顺序一致；退回、重入的不在内。
-- checked: core.stage_visit AS v WHERE v.visit_no = 1
-- by: row_id
WITH overtaken AS (
  SELECT v.root_project_id, v.stage_id, v.entered_on, v.row_id
  FROM core.stage_visit AS v
  JOIN core.stage_event AS e ON e.row_id = v.row_id AND e.event_type = 'enter'
  WHERE v.is_overtaken AND v.visit_no = 1
),
pairs AS (
  SELECT o.root_project_id, earlier.name_zh AS earlier_name, later.name_zh AS later_name, o.entered_on, w.entered_on AS later_on, o.row_id
  FROM overtaken AS o
  JOIN ref.stage AS earlier ON earlier.stage_id = o.stage_id
  JOIN core.stage_visit AS w ON w.root_project_id = o.root_project_id AND w.visit_no = 1 AND w.entered_on < o.entered_on
  JOIN ref.stage AS later ON later.stage_id = w.stage_id AND later.stage_order > earlier.stage_order
  WHERE NOT (o.stage_id IN ('poc', 'small', 'pilot') AND w.stage_id IN ('poc', 'small', 'pilot')) -- stages_in_order tells of these
    AND NOT EXISTS (
      FROM core.stage_event AS r
      WHERE r.root_project_id = o.root_project_id AND r.event_type = 'regress' AND r.is_counted AND r.occurred_on <= o.entered_on)
)
SELECT
  p.root_project_id,
  string_agg(p.later_name || ' ' || p.later_on || ' 早于 ' || p.earlier_name || ' ' || p.entered_on, '、' ORDER BY p.later_on) AS found,
  min(p.row_id) AS row_id
FROM pairs AS p
GROUP BY p.root_project_id
ORDER BY p.root_project_id
