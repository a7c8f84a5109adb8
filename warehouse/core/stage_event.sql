-- 阶段事件：每个报送主体的每个事件编号一行，后报的更正先报的。
-- grain: department_id, sender, event_id
-- 编号只在报送主体内唯一：两个部门都可以有一号事件。更正是少数，只对重复的编号排先后。
WITH reported AS NOT MATERIALIZED ( -- three scans of few columns cost less than one copy of all
  SELECT e.*, f.department_id, f.sender, f.as_of
  FROM raw.stage_events AS e
  JOIN raw.file AS f ON f.file_id = e.file_id
),
repeated AS (
  SELECT r.department_id, r.sender, r.event_id
  FROM reported AS r
  GROUP BY r.department_id, r.sender, r.event_id
  HAVING count(*) > 1
),
corrected AS (
  SELECT r.row_id,
    min(r.row_id) OVER (PARTITION BY r.department_id, r.sender, r.event_id) AS told_row_id,
    row_number() OVER (PARTITION BY r.department_id, r.sender, r.event_id ORDER BY r.as_of DESC, r.row_id DESC) AS latest_no
  FROM reported AS r
  JOIN repeated AS p ON p.event_id = r.event_id AND p.department_id = r.department_id AND p.sender = r.sender
)
SELECT
  e.department_id,                    -- 报送部门
  e.sender,                           -- 报送主体
  e.event_id,                         -- 事件编号
  e.project_id,                       -- 项目编号
  coalesce(p.root_project_id, e.project_id) AS root_project_id, -- 根项目编号；未建档的自成一根
  p.project_id IS NOT NULL AS is_listed, -- 项目是否已在项目库
  e.stage_id,                         -- 阶段
  e.event_type,                       -- 事件
  e.occurred_on,                      -- 发生日期；只知月份的为月末
  e.occurred_precision,               -- 日期精度 D 日 / M 月 / Q 季 / H 半年 / Y 年
  CASE WHEN e.space_name IS NULL OR a.zone_id = 'unplaced' THEN NULL ELSE coalesce(a.zone_id, 'unplaced') END
    AS own_zone_id,                   -- 事件自填的空间；空为未填或“待定”，写法不识的为未落区
  e.evidence_id,                      -- 佐证材料编号
  coalesce(e.is_pilot_confirmed, false) AS is_pilot_confirmed, -- 工信是否确认
  e.cause,                            -- 终止原因
  coalesce(e.validity = 'void', false) OR coalesce(p.status = 'void', false) AS is_void, -- 事件或项目已作废
  coalesce(e.occurred_on < o.founded_on, false) AS is_premature, -- 早于承担单位成立，是错误
  NOT is_void AND NOT is_premature AS is_counted, -- 计入各项指标
  coalesce(c.told_row_id, e.row_id) AS told_row_id, -- 首次报送它的行：同日多事按此先后，更正、重报不改先后
  e.file_id,                          -- 文件号
  e.row_id                            -- 来源行
FROM reported AS e
LEFT JOIN core.project AS p ON p.project_id = e.project_id
LEFT JOIN core.organization AS o ON o.org_id = p.lead_org_id
LEFT JOIN core.place_name AS a ON a.alias = translate(e.space_name, '（） 　', '()')
LEFT JOIN corrected AS c ON c.row_id = e.row_id
WHERE c.latest_no IS NULL OR c.latest_no = 1
