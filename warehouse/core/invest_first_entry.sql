-- 先投后股流水作为计数行，随项目所在空间变化的区间；项目改划承载区，前后各一段，不是新的一笔。
-- grain: key, counts_from
-- 余额变动（balance_cny）：投入为正；回款与核销为负，冲减以余额为限；转股以后的回款是股权退出，不再冲减。
WITH levelled AS (
  SELECT f.*, d.project_id, d.org_id, d.converted_on,
    f.flow_kind IN ('cash', 'rent', 'other') AS is_principal,
    coalesce(f.paid_on > d.converted_on, false) AS is_after,
    sum(CASE WHEN f.flow_kind IN ('cash', 'rent', 'other') THEN f.amount_cny ELSE -f.amount_cny END) OVER w AS run_cny
  FROM core.invest_first_flow AS f
  LEFT JOIN core.invest_first_last AS d USING (agreement_id)
  WINDOW w AS (PARTITION BY f.agreement_id, coalesce(f.paid_on > d.converted_on, false)
    ORDER BY f.paid_on, f.flow_kind NOT IN ('cash', 'rent', 'other'), f.row_id ROWS UNBOUNDED PRECEDING)
),
floored AS (
  SELECT l.*,
    l.run_cny - least(min(l.run_cny) OVER w, 0) AS level_cny
  FROM levelled AS l
  WINDOW w AS (PARTITION BY l.agreement_id, l.is_after ORDER BY l.paid_on, NOT l.is_principal, l.row_id ROWS UNBOUNDED PRECEDING)
),
moved AS (
  SELECT f.*,
    f.level_cny - coalesce(lag(f.level_cny) OVER (
      PARTITION BY f.agreement_id, f.is_after ORDER BY f.paid_on, NOT f.is_principal, f.row_id), 0) AS balance_cny
  FROM floored AS f
)
SELECT
  concat_ws('|', m.department_id, nullif(m.sender, ''), m.flow_id) AS key, -- 自然键：报送部门、主体与流水号
  'agreement' AS entity_kind,         -- 对象种类
  m.agreement_id AS entity_id,        -- 协议编号
  m.paid_on AS occurred_on,           -- 日期
  coalesce(m.paid_precision, 'D') AS occurred_precision, -- 日期精度
  greatest(m.paid_on, pp.valid_from) AS counts_from, -- 自何日起计（含）
  pp.valid_until AS counts_until,     -- 到何日止（不含），空为至今
  m.amount_cny,                       -- 金额（元）
  m.balance_cny,                      -- 余额变动（元）
  m.converted_on,                     -- 转股日期
  m.is_after,                         -- 是否在转股以后
  coalesce(pp.zone_id, 'unplaced') AS zone_id, -- 空间：项目所在
  m.department_id,                    -- 报送部门
  nullif(m.sender, '') AS reported_by, -- 报送主体
  m.org_id,                           -- 企业
  m.flow_kind AS category,            -- 流水类型
  m.is_recycled,                      -- 是否回收再投
  false AS is_pending,                -- 待佐证
  m.known_at,                         -- 何时得知（UTC）
  m.row_id,                           -- 来源行
  m.source_row_ids                    -- 其他来源行
FROM moved AS m
LEFT JOIN core.project_place AS pp ON pp.project_id = m.project_id AND (pp.valid_until IS NULL OR pp.valid_until > m.paid_on)
