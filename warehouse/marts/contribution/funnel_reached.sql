-- 到达（项目，阶段）：根项目首次进入该阶段或其后任一阶段之日起计；没有进过该阶段本身的，分为跨越与日期不详。
-- grain: key, counts_from
-- 此前进过更早的阶段、之后直接进入更后阶段的为跨越；首次有记载就在更后阶段的，该阶段日期不详。
WITH first_visits AS ( -- day and order in one number: its minimum is the first stage that was entered on the first day
  SELECT v.root_project_id, v.stage_id, v.stage_order, (v.entered_on - DATE '1970-01-01') * 100 + v.stage_order AS day_and_stage
  FROM core.stage_visit AS v
  WHERE v.visit_no = 1
),
extent AS (
  SELECT f.root_project_id, max(f.stage_order) AS highest
  FROM first_visits AS f
  GROUP BY f.root_project_id
),
reached AS (
  SELECT x.root_project_id, s.stage_id, f.stage_id IS NOT NULL AS is_entered,
    min(f.day_and_stage) OVER (PARTITION BY x.root_project_id ORDER BY s.stage_order ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS earlier,
    min(f.day_and_stage) OVER (PARTITION BY x.root_project_id ORDER BY s.stage_order ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS day_and_stage
  FROM extent AS x
  JOIN ref.stage AS s ON s.stage_order <= x.highest
  LEFT JOIN first_visits AS f ON f.root_project_id = x.root_project_id AND f.stage_order = s.stage_order
)
SELECT
  e.root_project_id || '|' || e.stage_id AS key, -- 自然键：根项目编号、阶段
  'project' AS entity_kind,           -- 对象种类
  e.root_project_id AS entity_id,     -- 根项目编号
  v.entered_on AS occurred_on,        -- 到达日期
  v.entered_precision AS occurred_precision, -- 日期精度
  p.placed_from AS counts_from,       -- 自何日起计（含）
  p.placed_until AS counts_until,     -- 到何日止（不含），空为至今
  1 AS value,                         -- 计一次
  p.zone_id,                          -- 空间
  l.department_id,                    -- 报送部门
  l.sender AS reported_by,            -- 报送主体
  r.direction_id,                     -- 重点转化方向
  e.stage_id,                         -- 到达的阶段
  r.lead_org_id AS org_id,            -- 承担单位
  CASE WHEN e.is_entered THEN 'entered' WHEN e.earlier < e.day_and_stage THEN 'skipped' ELSE 'unknown' END AS category, -- entered 进入过 / skipped 跨越 / unknown 日期不详
  false AS is_pending,                -- 不判
  f.received_at AS known_at,          -- 何时得知
  v.row_id                            -- 来源行
FROM reached AS e
JOIN core.stage_visit AS v ON v.root_project_id = e.root_project_id AND v.stage_order = e.day_and_stage % 100 AND v.visit_no = 1
JOIN core.placed_visit AS p ON p.row_id = v.row_id
JOIN core.stage_event AS l ON l.row_id = v.row_id
JOIN raw.file AS f ON f.file_id = l.file_id
LEFT JOIN core.project AS r ON r.project_id = e.root_project_id
