-- 根项目首次进入各阶段的日期，先后与阶段顺序一致；只知月份的，按最早可能的一天比较。
-- checked: (SELECT min(e.row_id) AS row_id FROM core.stage_entry AS e GROUP BY e.root_project_id)
-- by: row_id
WITH entered AS (
  SELECT e.root_project_id, s.stage_order, s.name_zh, e.occurred_on, e.row_id
  FROM core.stage_entry AS e
  JOIN ref.stage AS s USING (stage_id)
),
overtaken AS (
  SELECT later.root_project_id, later.name_zh AS later_name, later.occurred_on AS later_on,
    earlier.name_zh AS earlier_name, earlier.occurred_on AS earlier_on, earlier.row_id
  FROM entered AS later
  JOIN entered AS earlier ON earlier.root_project_id = later.root_project_id AND earlier.stage_order < later.stage_order
    AND earlier.occurred_on > later.occurred_on
)
SELECT
  o.root_project_id,
  string_agg(o.later_name || ' ' || o.later_on || ' 早于 ' || o.earlier_name || ' ' || o.earlier_on, '、' ORDER BY o.later_on, o.earlier_on) AS found,
  min(o.row_id) AS row_id
FROM overtaken AS o
JOIN core.stage_event AS e USING (row_id)
WHERE o.later_on < CASE e.occurred_precision
  WHEN 'M' THEN date_trunc('month', o.earlier_on)
  WHEN 'Q' THEN date_trunc('quarter', o.earlier_on)
  WHEN 'H' THEN date_trunc('month', o.earlier_on) - INTERVAL 5 MONTH
  WHEN 'Y' THEN date_trunc('year', o.earlier_on)
  ELSE o.earlier_on END
GROUP BY o.root_project_id
ORDER BY o.root_project_id
