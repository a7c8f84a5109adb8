-- 逾期在途项目：在一个阶段的停留超过制度时限的根项目，自超过之日起计；时限未定（0）的阶段不判。
-- grain: key, counts_from
WITH late AS (
  SELECT c.*, c.entered_on + l.value::INTEGER + 1 AS late_from
  FROM core.current_stage AS c
  JOIN ref.setting AS l ON l.setting_id = 'stage_limit_days_' || c.stage_id AND l.value > 0
)
SELECT
  c.root_project_id AS key,           -- 自然键：根项目编号
  'project' AS entity_kind,           -- 对象种类
  c.root_project_id AS entity_id,     -- 根项目编号
  c.entered_on AS occurred_on,        -- 进入日期
  c.entered_precision AS occurred_precision, -- 日期精度
  greatest(c.late_from, c.open_from, v.placed_from) AS counts_from, -- 自何日起计（含）
  least(c.open_until, v.placed_until) AS counts_until, -- 到何日止（不含），空为至今
  1 AS value,                         -- 计一项
  v.zone_id,                          -- 空间
  e.department_id,                    -- 报送部门
  e.sender AS reported_by,            -- 报送主体
  r.direction_id,                     -- 重点转化方向
  c.stage_id,                         -- 阶段
  r.lead_org_id AS org_id,            -- 承担单位
  false AS is_pending,                -- 不判
  f.received_at AS known_at,          -- 何时得知
  c.row_id                            -- 来源行
FROM late AS c
JOIN core.placed_visit AS v ON v.row_id = c.row_id
JOIN core.stage_event AS e ON e.row_id = c.row_id
JOIN raw.file AS f ON f.file_id = e.file_id
LEFT JOIN core.project AS r ON r.project_id = c.root_project_id
WHERE greatest(c.late_from, c.open_from, v.placed_from) < coalesce(least(c.open_until, v.placed_until), DATE '9999-12-31')
