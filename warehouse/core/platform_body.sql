-- 实体平台随时间：一个实体一段时间一行，几块牌子合成一行；状态取走得最远的一块。
-- grain: body_id, counts_from
-- 设备、机时、收入、主体数、车间是实体的：几块牌子各报一遍的，取其中最大的一个，不相加；未投用的牌子所报的不取。
WITH edges AS (
  SELECT v.body_id, v.valid_from AS since FROM core.platform_version AS v
  UNION
  SELECT v.body_id, v.valid_until FROM core.platform_version AS v WHERE v.valid_until IS NOT NULL
),
pieces AS (
  SELECT e.body_id, e.since, lead(e.since) OVER (PARTITION BY e.body_id ORDER BY e.since) AS until
  FROM edges AS e
),
titles AS (
  SELECT v.*, (list_position(['in_use', 'under_construction', 'planned', 'applied'], v.status), v.platform_id) AS furthest, v.status = 'in_use' AS is_open
  FROM core.platform_version AS v
)
SELECT
  p.body_id AS key,                   -- 自然键：实体编号，空为平台编号
  'platform_body' AS entity_kind,     -- 对象种类
  p.body_id AS entity_id,             -- 实体编号
  coalesce(arg_min(t.opened_on, t.furthest), p.since) AS occurred_on, -- 投用日期，未填的为名单的截至日
  coalesce(arg_min(t.opened_precision, t.furthest), 'D') AS occurred_precision, -- 日期精度
  p.since AS counts_from,             -- 自何日起计（含）
  p.until AS counts_until,            -- 到何日止（不含），空为至今
  p.body_id,                          -- 实体编号
  arg_min(t.status, t.furthest) AS status, -- applied 申报 / planned 规划 / under_construction 建设 / in_use 投用
  arg_min(t.zone_id, t.furthest) AS zone_id, -- 空间
  arg_min(t.department_id, t.furthest) AS department_id, -- 报送部门
  arg_min(t.sender, t.furthest) AS reported_by, -- 报送主体
  arg_min(t.lead_org_id, t.furthest) AS org_id, -- 牵头单位
  arg_min(t.platform_kind, t.furthest) AS category, -- 平台类型
  false AS is_pending,                -- 待佐证：平台不判
  max(t.known_at) AS known_at,        -- 何时得知
  arg_min(t.row_id, t.furthest) AS row_id, -- 来源行
  flatten(list(t.source_row_ids)) AS source_row_ids, -- 各块牌子的来源行
  max(t.equipment_cny) FILTER (WHERE t.is_open) AS equipment_cny, -- 设备原值（元）
  max(t.open_hours) FILTER (WHERE t.is_open) AS open_hours, -- 开放机时
  max(t.total_hours) FILTER (WHERE t.is_open) AS total_hours, -- 总机时
  max(t.service_income_cny) FILTER (WHERE t.is_open) AS service_income_cny, -- 服务收入（元）
  max(t.services) FILTER (WHERE t.is_open) AS services, -- 服务次数
  max(t.inside_clients) FILTER (WHERE t.is_open) AS inside_clients, -- 区内服务主体数
  max(t.outside_clients) FILTER (WHERE t.is_open) AS outside_clients, -- 区外服务主体数
  max(t.pilot_workshops) FILTER (WHERE t.is_open) AS pilot_workshops, -- 中试车间数
  max(t.occupied_workshops) FILTER (WHERE t.is_open) AS occupied_workshops -- 占用车间数
FROM pieces AS p
JOIN titles AS t ON t.body_id = p.body_id AND t.valid_from <= p.since AND (t.valid_until IS NULL OR t.valid_until > p.since)
GROUP BY p.body_id, p.since, p.until
