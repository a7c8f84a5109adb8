-- 阶段之间的项目：已通过或退回、还没有进入别的阶段的根项目；不在任何阶段的存量里，也没有终止。
-- grain: key, counts_from
-- 通过产业化的已走完全程，不在其内。
WITH gaps AS (
  SELECT c.*, lead(c.open_from) OVER (PARTITION BY c.root_project_id ORDER BY c.open_from) AS next_on
  FROM core.current_stage AS c
),
ended AS (
  SELECT g.*, t.terminated_on
  FROM gaps AS g
  ASOF LEFT JOIN core.termination AS t ON t.root_project_id = g.root_project_id AND g.open_until <= t.terminated_on
  WHERE g.open_until IS NOT NULL AND (g.next_on IS NULL OR g.next_on > g.open_until) AND g.outcome IN ('pass', 'regress')
    AND NOT (g.stage_id = 'industrial' AND g.outcome = 'pass')
)
SELECT
  n.root_project_id AS key,           -- 自然键：根项目编号
  'project' AS entity_kind,           -- 对象种类
  n.root_project_id AS entity_id,     -- 根项目编号
  l.occurred_on,                      -- 离开前一阶段的日期
  l.occurred_precision,               -- 日期精度
  greatest(n.open_until, v.placed_from) AS counts_from, -- 自何日起计（含）
  least(n.next_on, n.terminated_on, v.placed_until) AS counts_until, -- 到何日止（不含），空为至今
  1 AS value,                         -- 计一项
  v.zone_id,                          -- 空间
  l.department_id,                    -- 报送部门
  l.sender AS reported_by,            -- 报送主体
  r.direction_id,                     -- 重点转化方向
  n.stage_id,                         -- 离开的阶段
  r.lead_org_id AS org_id,            -- 承担单位
  n.outcome AS category,              -- pass 通过 / regress 退回
  false AS is_pending,                -- 不判
  f.received_at AS known_at,          -- 何时得知
  l.row_id,                           -- 来源行（离开事件）
  [n.row_id] AS source_row_ids        -- 其他来源行：进入事件
FROM ended AS n
JOIN core.stage_visit AS s ON s.row_id = n.row_id
JOIN core.stage_event AS l ON l.row_id = s.left_row_id
JOIN raw.file AS f ON f.file_id = l.file_id
JOIN core.placed_visit AS v ON v.row_id = n.row_id AND (v.placed_until IS NULL OR v.placed_until > n.open_until)
LEFT JOIN core.project AS r ON r.project_id = n.root_project_id
WHERE greatest(n.open_until, v.placed_from) < coalesce(least(n.next_on, n.terminated_on, v.placed_until), DATE '9999-12-31')
