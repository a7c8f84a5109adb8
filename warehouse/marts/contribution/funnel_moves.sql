-- 流动：根项目每进入一次阶段、每终止一次计一次，分类为“从>到”。
-- grain: key, counts_from
SELECT
  e.root_project_id || '|' || m.moved_on || '|' || m.to_stage_id AS key, -- 自然键
  'project' AS entity_kind,           -- 对象种类
  e.root_project_id AS entity_id,     -- 根项目编号
  e.occurred_on,                      -- 发生日期
  e.occurred_precision,               -- 日期精度
  greatest(e.occurred_on, pp.valid_from) AS counts_from, -- 自何日起计（含）
  pp.valid_until AS counts_until,     -- 到何日止（不含），空为至今
  1 AS value,                         -- 计一次
  coalesce(e.own_zone_id, pp.zone_id, 'unplaced') AS zone_id, -- 空间
  e.department_id,                    -- 报送部门
  e.sender AS reported_by,            -- 报送主体
  r.direction_id,                     -- 重点转化方向
  CASE WHEN m.from_stage_id IN ('in', 'out') THEN m.to_stage_id ELSE m.from_stage_id END AS stage_id,                -- 阶段
  r.lead_org_id AS org_id,            -- 承担单位
  m.from_stage_id || '>' || m.to_stage_id AS category, -- 从>到；in 为首次进入，out 为终止或终止之后
  false AS is_pending,                -- 不判
  f.received_at AS known_at,          -- 何时得知
  e.row_id                            -- 来源行
FROM core.project_move AS m
JOIN core.stage_event AS e ON e.row_id = m.row_id
JOIN raw.file AS f ON f.file_id = e.file_id
LEFT JOIN core.project AS r ON r.project_id = e.root_project_id
LEFT JOIN core.project_place AS pp ON pp.project_id = e.project_id AND e.own_zone_id IS NULL
  AND (pp.valid_until IS NULL OR pp.valid_until > e.occurred_on)
