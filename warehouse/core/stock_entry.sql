-- 存量：基准日当天正处于目标所含阶段的根项目，自基准日起计；是否计入由联席会议决定。
-- grain: goal_id, entity_id, counts_from
WITH open_on_base AS (
  SELECT st.goal_id, g.base_on, s.*
  FROM core.stage_spell AS s
  JOIN ref.stage AS st ON st.stage_id = s.stage_id
  JOIN ref.goal AS g ON g.goal_id = st.goal_id
  WHERE s.stage_id IN ('poc', 'small', 'pilot') AND s.entered_on < g.base_on AND (s.left_on IS NULL OR s.left_on > g.base_on)
),
placed AS (
  SELECT o.*, greatest(o.base_on, pp.valid_from) AS counts_from, pp.valid_until AS counts_until,
    coalesce(o.own_zone_id, pp.zone_id, 'unplaced') AS zone_id
  FROM open_on_base AS o
  LEFT JOIN core.project_place AS pp ON pp.project_id = o.project_id AND o.own_zone_id IS NULL
    AND (pp.valid_until IS NULL OR pp.valid_until > o.base_on)
),
earliest_inside AS (
  SELECT p.goal_id, p.row_id
  FROM placed AS p
  WHERE p.counts_from = p.base_on AND p.zone_id <> 'outside'
  QUALIFY row_number() OVER (PARTITION BY p.goal_id, p.root_project_id ORDER BY p.entered_on, p.told_row_id) = 1
)
SELECT
  p.goal_id,                          -- 目标代码
  p.root_project_id AS key,           -- 自然键：根项目编号
  'project' AS entity_kind,           -- 对象种类
  p.root_project_id AS entity_id,     -- 根项目编号
  p.entered_on AS occurred_on,        -- 进入日期（早于基准日）
  e.occurred_precision,               -- 日期精度
  p.counts_from,                      -- 自何日起计（含），不早于基准日
  p.counts_until,                     -- 到何日止（不含），空为至今
  1 AS value,                         -- 计一项
  p.zone_id,                          -- 空间
  e.department_id,                    -- 报送部门
  e.sender AS reported_by,            -- 报送主体
  r.direction_id,                     -- 重点转化方向
  p.stage_id,                         -- 阶段
  r.lead_org_id AS org_id,            -- 承担单位
  false AS is_pending,                -- 待佐证：存量不判
  f.received_at AS known_at,          -- 何时得知
  p.row_id                            -- 来源行
FROM earliest_inside AS i
JOIN placed AS p ON p.goal_id = i.goal_id AND p.row_id = i.row_id
JOIN core.stage_event AS e ON e.row_id = p.row_id
JOIN raw.file AS f ON f.file_id = e.file_id
LEFT JOIN core.project AS r ON r.project_id = p.project_id
