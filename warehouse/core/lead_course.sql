-- 招引线索的历程：一条线索一行，取它最近一次登记；从名单上消失而没有报流失的，保留最后一次登记。
-- grain: key
-- 到达后一步即到达前一步；只有状态、没有日期的，自首份这样说的名单截至日起计，不计时（精度 Y）。
-- 流失没有日期的，自首份说它流失的名单截至日起计，计时取此前最后一次仍在跟踪之日与该日的正中。
WITH latest_only AS (
  SELECT v.*
  FROM core.lead_version AS v
  QUALIFY row_number() OVER (PARTITION BY v.department_id, v.sender, v.lead_id ORDER BY v.valid_from DESC) = 1
),
told AS (
  SELECT v.department_id, v.sender, v.lead_id,
    min(v.valid_from) FILTER (v.status IN ('signed', 'moved_in')) AS told_signed_on,
    min(v.valid_from) FILTER (v.status = 'moved_in') AS told_moved_in_on,
    max(v.valid_from) FILTER (v.status <> 'lost') AS last_followed_on
  FROM core.lead_version AS v
  GROUP BY v.department_id, v.sender, v.lead_id
),
lost AS (
  SELECT v.department_id, v.sender, v.lead_id, min(v.valid_from) AS told_lost_on
  FROM core.lead_version AS v
  JOIN told AS t ON t.department_id = v.department_id AND t.sender = v.sender AND t.lead_id = v.lead_id
  WHERE v.status = 'lost' AND (t.last_followed_on IS NULL OR v.valid_from > t.last_followed_on)
  GROUP BY v.department_id, v.sender, v.lead_id
),
dated AS (
  SELECT l.*,
    coalesce(l.moved_in_on, t.told_moved_in_on) AS in_on,
    CASE WHEN l.moved_in_on IS NOT NULL THEN coalesce(l.moved_in_precision, 'D') ELSE 'Y' END AS in_precision,
    coalesce(l.signed_on, l.moved_in_on, t.told_signed_on) AS sign_on,
    CASE WHEN l.signed_on IS NOT NULL THEN coalesce(l.signed_precision, 'D') ELSE 'Y' END AS sign_precision,
    CASE WHEN l.status = 'lost' THEN coalesce(l.lost_on, o.told_lost_on) END AS out_on,
    t.last_followed_on,
    coalesce(l.org_id, p.lead_org_id) AS firm_org_id,
    p.root_project_id
  FROM latest_only AS l
  JOIN told AS t ON t.department_id = l.department_id AND t.sender = l.sender AND t.lead_id = l.lead_id
  LEFT JOIN lost AS o ON o.department_id = l.department_id AND o.sender = l.sender AND o.lead_id = l.lead_id
  LEFT JOIN core.project AS p ON p.project_id = l.project_id
),
entered AS (
  SELECT v.root_project_id, min(v.entered_on) AS entered_on, arg_min(v.row_id, v.entered_on) AS row_id
  FROM core.stage_visit AS v
  GROUP BY v.root_project_id
),
standing AS (
  SELECT d.department_id, d.sender, d.lead_id, min(e.entered_on) AS entered_on, arg_min(e.row_id, e.entered_on) AS row_id,
    arg_min(e.root_project_id, e.entered_on) AS root_project_id
  FROM dated AS d
  JOIN entered AS e ON e.root_project_id = d.root_project_id
    OR e.entered_on >= d.found_on AND e.root_project_id IN (FROM core.project AS p SELECT p.root_project_id WHERE p.lead_org_id = d.firm_org_id)
  GROUP BY d.department_id, d.sender, d.lead_id
)
SELECT
  concat_ws('|', d.department_id, nullif(d.sender, ''), d.lead_id) AS key, -- 自然键：报送部门|报送主体|线索编号
  d.lead_id,                          -- 线索编号
  d.project_name,                     -- 项目名称
  d.office_name,                      -- 驻点
  d.zone_id,                          -- 意向空间
  d.status,                           -- tracked 跟踪 / signed 签约 / moved_in 入驻 / lost 流失
  d.found_on,                         -- 线索日期
  coalesce(d.found_precision, 'D') AS found_precision, -- 线索日期精度
  d.sign_on AS signed_on,             -- 签约日期，空为未签约
  d.sign_precision AS signed_precision, -- 签约日期精度；Y 为不知何日，不计时
  d.in_on AS moved_in_on,             -- 入驻日期，空为未入驻
  d.in_precision AS moved_in_precision, -- 入驻日期精度；Y 为不知何日，不计时
  CASE WHEN d.in_on IS NOT NULL AND s.entered_on IS NOT NULL THEN greatest(d.in_on, s.entered_on) END AS pipeline_on, -- 入驻且其项目已进入研发或以后阶段之日
  CASE WHEN s.entered_on IS NOT NULL THEN CASE WHEN s.entered_on >= d.in_on THEN 'D' ELSE d.in_precision END END AS pipeline_precision, -- 入漏斗日期精度
  s.root_project_id AS pipeline_project_id, -- 进入漏斗的根项目
  d.out_on AS lost_on,                -- 流失日期，空为未流失
  coalesce(d.lost_precision, 'D') AS lost_precision, -- 流失日期精度
  CASE WHEN d.lost_on IS NULL AND d.out_on IS NOT NULL THEN (greatest(d.found_on, d.sign_on, d.last_followed_on)
    + (greatest(d.out_on - greatest(d.found_on, d.sign_on, d.last_followed_on), 0) // 2)::INTEGER) END AS lost_at, -- 没有流失日期的，计时用的日子
  CASE WHEN d.status = 'lost' THEN coalesce(d.lost_reason, 'parted_unstated') END AS lost_reason, -- 流失原因
  coalesce(d.source, 'lead_unstated') AS source, -- 线索来源
  d.intended_cny,                     -- 意向投资额（元）
  d.invested_cny,                     -- 实际到位投资（元）
  d.valid_until AS gone_on,           -- 从名单上消失之日，空为仍在
  d.firm_org_id AS org_id,            -- 企业；未报代码的取其项目的承担单位
  NOT (coalesce(g.moved_in_on IS NOT NULL, false) OR EXISTS (FROM core.lease_version AS r WHERE r.tenant_org_id = d.firm_org_id)) AS is_unproved, -- 入驻没有登记也没有租约
  d.department_id,                    -- 报送部门
  d.sender,                           -- 报送主体
  d.known_at,                         -- 何时得知
  d.row_id,                           -- 来源行
  s.row_id AS stage_row_id            -- 进入阶段的来源行
FROM dated AS d
LEFT JOIN standing AS s ON s.department_id = d.department_id AND s.sender = d.sender AND s.lead_id = d.lead_id
LEFT JOIN core.organization AS g ON g.org_id = d.firm_org_id
