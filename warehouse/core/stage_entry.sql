-- 首次进入：每个根项目在概念验证、小试、中试各自最早的一次有效进入，区外的不算。
-- grain: root_project_id, stage_id
-- 空间依次取：事件自填、项目承载区、承担单位主要场所、未落区；是否区外按进入当日判断。
WITH entered AS (
  SELECT e.root_project_id, e.stage_id, e.project_id, e.occurred_on, e.own_zone_id, e.told_row_id, e.row_id
  FROM core.stage_event AS e
  WHERE e.event_type IN ('enter', 'reenter') AND e.is_counted AND e.stage_id IN ('poc', 'small', 'pilot')
),
placed AS (
  SELECT e.root_project_id, e.stage_id, e.occurred_on, e.told_row_id, e.row_id
  FROM entered AS e
  WHERE e.own_zone_id <> 'outside'
  UNION ALL
  SELECT e.root_project_id, e.stage_id, e.occurred_on, e.told_row_id, e.row_id
  FROM entered AS e
  LEFT JOIN core.project_place AS pp ON pp.project_id = e.project_id
    AND pp.valid_from <= e.occurred_on AND (pp.valid_until IS NULL OR pp.valid_until > e.occurred_on)
  WHERE e.own_zone_id IS NULL AND coalesce(pp.zone_id, 'unplaced') <> 'outside'
),
earliest AS (
  SELECT p.root_project_id, p.stage_id, min(p.occurred_on) AS occurred_on
  FROM placed AS p
  GROUP BY p.root_project_id, p.stage_id
)
SELECT
  f.root_project_id,                  -- 根项目编号
  f.stage_id,                         -- 阶段
  f.occurred_on,                      -- 首次进入日期
  arg_min(p.row_id, p.told_row_id) AS row_id             -- 来源行：同日几次的取先报的
FROM earliest AS f
JOIN placed AS p ON p.root_project_id = f.root_project_id AND p.stage_id = f.stage_id AND p.occurred_on = f.occurred_on
GROUP BY f.root_project_id, f.stage_id, f.occurred_on
