-- 退回的次数：同一项目自同一阶段同一天退回计一次。
-- grain: key, counts_from
WITH once AS (
  SELECT e.*
  FROM core.stage_event AS e
  WHERE e.event_type = 'regress' AND e.is_counted
  QUALIFY row_number() OVER (PARTITION BY e.project_id, e.stage_id, e.occurred_on ORDER BY e.told_row_id) = 1
)
SELECT
  e.project_id || '|' || e.stage_id || '|' || e.occurred_on AS key, -- 自然键
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
  e.stage_id AS stage_id,                -- 阶段
  r.lead_org_id AS org_id,            -- 承担单位
  false AS is_pending,                -- 不判
  f.received_at AS known_at,          -- 何时得知
  e.row_id                            -- 来源行
FROM once AS e
JOIN raw.file AS f ON f.file_id = e.file_id
LEFT JOIN core.project AS r ON r.project_id = e.root_project_id
LEFT JOIN core.project_place AS pp ON pp.project_id = e.project_id AND e.own_zone_id IS NULL
  AND (pp.valid_until IS NULL OR pp.valid_until > e.occurred_on)
