-- 已终止或撤回的根项目：自其下最后一个在途项目终止起，到再次进入任一阶段为止；原因类别随终止事件。
-- grain: key, counts_from
-- 阶段为终止前最后所处的阶段。
SELECT
  e.root_project_id AS key, -- 自然键
  'project' AS entity_kind,           -- 对象种类
  e.root_project_id AS entity_id,     -- 根项目编号
  e.occurred_on,                      -- 发生日期
  e.occurred_precision,               -- 日期精度
  greatest(e.occurred_on, pp.valid_from) AS counts_from, -- 自何日起计（含）
  least(t.reopened_on, pp.valid_until) AS counts_until, -- 到何日止（不含），空为至今
  1 AS value,                         -- 计一项
  coalesce(e.own_zone_id, pp.zone_id, 'unplaced') AS zone_id, -- 空间
  e.department_id,                    -- 报送部门
  e.sender AS reported_by,            -- 报送主体
  r.direction_id,                     -- 重点转化方向
  coalesce(nullif(nullif(m.from_stage_id, 'in'), 'out'), e.stage_id) AS stage_id,                -- 阶段
  r.lead_org_id AS org_id,            -- 承担单位
  CASE WHEN e.event_type = 'withdraw' THEN 'withdrawn' ELSE coalesce(e.cause, 'unstated') END AS category, -- 原因：technology 技术不可行 / market 市场 / funding 资金 / team 团队 / compliance 合规 / withdrawn 撤回 / unstated 未填
  false AS is_pending,                -- 不判
  f.received_at AS known_at,          -- 何时得知
  e.row_id                            -- 来源行
FROM core.termination AS t
JOIN core.stage_event AS e ON e.row_id = t.row_id
LEFT JOIN core.project_move AS m ON m.row_id = t.row_id
JOIN raw.file AS f ON f.file_id = e.file_id
LEFT JOIN core.project AS r ON r.project_id = e.root_project_id
LEFT JOIN core.project_place AS pp ON pp.project_id = e.project_id AND e.own_zone_id IS NULL
  AND (pp.valid_until IS NULL OR pp.valid_until > e.occurred_on)
WHERE greatest(e.occurred_on, pp.valid_from) < coalesce(least(t.reopened_on, pp.valid_until), DATE '9999-12-31')
