-- 核心区六项功能随时间：台账中承载该功能的空间单元里走得最远的一个状态。
-- grain: core_function_id, valid_from
WITH units AS (
  SELECT v.*, (list_position(['in_use', 'under_construction', 'planned', 'applied'], v.status), v.opened_on IS NULL, v.opened_on, v.unit_id) AS furthest
  FROM core.premise_version AS v
  WHERE v.core_function_id IS NOT NULL
),
edges AS (
  SELECT u.core_function_id, u.valid_from AS since FROM units AS u
  UNION
  SELECT u.core_function_id, u.valid_until FROM units AS u WHERE u.valid_until IS NOT NULL
),
pieces AS (
  SELECT e.core_function_id, e.since, lead(e.since) OVER (PARTITION BY e.core_function_id ORDER BY e.since) AS until
  FROM edges AS e
)
SELECT
  p.core_function_id,                 -- 功能代码
  p.since AS valid_from,              -- 自何日起（含）
  p.until AS valid_until,             -- 到何日止（不含），空为至今
  arg_min(u.status, u.furthest) AS status, -- planned 规划 / under_construction 建设 / in_use 投用
  arg_min(u.zone_id, u.furthest) AS zone_id, -- 空间
  arg_min(u.opened_on, u.furthest) AS opened_on, -- 投用日期
  arg_min(u.opened_precision, u.furthest) AS opened_precision, -- 日期精度
  sum(u.built_m2) AS built_m2,        -- 建筑面积（平方米）
  arg_min(u.department_id, u.furthest) AS department_id, -- 报送部门
  arg_min(u.sender, u.furthest) AS sender, -- 报送主体
  max(u.known_at) AS known_at,        -- 何时得知
  arg_min(u.row_id, u.furthest) AS row_id, -- 来源行
  flatten(list(u.source_row_ids)) AS source_row_ids -- 各单元的来源行
FROM pieces AS p
JOIN units AS u ON u.core_function_id = p.core_function_id AND u.valid_from <= p.since AND (u.valid_until IS NULL OR u.valid_until > p.since)
GROUP BY p.core_function_id, p.since, p.until
