-- 项目的技术成熟度与它最后进入的阶段相当；比该阶段的低值还低的，多为没有更新。
-- checked: core.project WHERE trl IS NOT NULL
-- by: row_id
WITH latest_only AS (
  SELECT e.project_id, arg_max(e.stage_id, (e.occurred_on, e.told_row_id)) AS stage_id
  FROM core.stage_event AS e
  WHERE e.is_counted AND e.event_type IN ('enter', 'reenter')
  GROUP BY e.project_id
)
SELECT
  p.project_id,
  s.name_zh || '相当于 ' || s.trl_low || '–' || s.trl_high || ' 级，填的是 ' || p.trl || ' 级' AS found,
  p.row_id
FROM core.project AS p
JOIN latest_only AS l ON l.project_id = p.project_id
JOIN ref.stage AS s ON s.stage_id = l.stage_id
WHERE p.trl < s.trl_low
ORDER BY p.project_id
