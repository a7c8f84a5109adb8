-- 计入目标的首次进入，随空间变化的区间：自基准日起；项目改划承载区，前后各一段，不是新的进入。
-- grain: entity_id, stage_id, counts_from
-- 同一目标含几个阶段的，最早进入的一个才是该目标的计数（is_first_of_goal）；最早的在基准日前，则不属期内新增。
WITH ranked AS (
  SELECT e.root_project_id, e.stage_id, e.row_id, s.goal_id,
    row_number() OVER (PARTITION BY s.goal_id, e.root_project_id ORDER BY e.occurred_on, s.stage_order) = 1 AS is_first_of_goal
  FROM core.stage_entry AS e
  JOIN ref.stage AS s ON s.stage_id = e.stage_id
  JOIN ref.goal AS g ON g.goal_id = s.goal_id
  QUALIFY e.occurred_on >= g.base_on
),
confirmed AS (
  SELECT DISTINCT e.root_project_id
  FROM core.stage_event AS e
  WHERE e.stage_id = 'pilot' AND e.event_type IN ('enter', 'reenter') AND e.is_counted
    AND (e.department_id IN ('D04', 'D10') OR e.is_pilot_confirmed)
)
SELECT
  r.goal_id,                          -- 目标代码
  r.is_first_of_goal,                 -- 是否该目标最早的一次进入
  e.root_project_id AS key,           -- 自然键：根项目编号
  'project' AS entity_kind,           -- 对象种类
  e.root_project_id AS entity_id,     -- 根项目编号
  e.occurred_on,                      -- 首次进入日期
  e.occurred_precision,               -- 日期精度
  greatest(e.occurred_on, pp.valid_from) AS counts_from, -- 自何日起计（含）
  pp.valid_until AS counts_until,     -- 到何日止（不含），空为至今
  1 AS value,                         -- 计一项
  coalesce(e.own_zone_id, pp.zone_id, 'unplaced') AS zone_id, -- 空间
  e.department_id,                    -- 报送部门
  e.sender AS reported_by,            -- 报送主体
  p.direction_id,                     -- 重点转化方向
  e.stage_id,                         -- 阶段
  p.lead_org_id AS org_id,            -- 承担单位
  p.approval_no IS NULL AND d.evidence_id IS NULL
    OR e.stage_id = 'pilot' AND c.root_project_id IS NULL AS is_pending, -- 待佐证：无文号也无佐证；中试另须工信或园区报送，或经工信确认
  f.received_at AS known_at,          -- 何时得知
  e.row_id,                           -- 来源行
  [p.row_id, d.row_id] AS source_row_ids -- 其他来源行：项目登记、佐证材料
FROM ranked AS r
JOIN core.stage_event AS e ON e.row_id = r.row_id
JOIN raw.file AS f ON f.file_id = e.file_id
LEFT JOIN confirmed AS c ON c.root_project_id = r.root_project_id
LEFT JOIN core.project AS p ON p.project_id = e.project_id
LEFT JOIN core.evidence AS d ON d.evidence_id = e.evidence_id
LEFT JOIN core.project_place AS pp ON pp.project_id = e.project_id AND e.own_zone_id IS NULL
  AND (pp.valid_until IS NULL OR pp.valid_until > e.occurred_on)
