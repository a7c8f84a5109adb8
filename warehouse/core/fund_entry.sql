-- 基金流水作为计数行：一笔一行，写明出资人类型；各基金指标由此取。
-- grain: key
SELECT
  concat_ws('|', f.department_id, nullif(f.sender, ''), f.flow_id) AS key, -- 自然键：报送部门、主体与流水号
  'fund' AS entity_kind,              -- 对象种类
  f.fund_id AS entity_id,             -- 基金编号
  f.flow_kind,                        -- 流水类型，ILPA 模板依此分类
  f.paid_on AS occurred_on,           -- 日期
  coalesce(f.paid_precision, 'D') AS occurred_precision, -- 日期精度
  f.paid_on AS counts_from,           -- 自何日起计（含）
  f.amount_cny,                       -- 金额（元）
  'na' AS zone_id,                    -- 基金不分空间
  f.department_id,                    -- 报送部门
  nullif(f.sender, '') AS reported_by, -- 报送主体
  f.stage_id,                         -- 投资时阶段
  f.counterparty_org_id AS org_id,    -- 对方
  i.investor_kind,                    -- 出资人类型，取出资表最近所报
  f.holding_share,                    -- 持股比例
  f.root_project_id,                  -- 根项目编号
  f.is_first_institutional,           -- 是否首次机构投资
  f.holding_years,                    -- 约定持有年限
  f.known_at,                         -- 何时得知（UTC）
  f.row_id,                           -- 来源行
  f.source_row_ids                    -- 其他来源行
FROM core.fund_cashflow AS f
LEFT JOIN (
  SELECT c.fund_id, c.investor_org_id, arg_max(c.investor_kind, c.valid_from) AS investor_kind
  FROM core.fund_commitment_version AS c
  GROUP BY c.fund_id, c.investor_org_id
) AS i ON i.fund_id = f.fund_id AND i.investor_org_id = f.counterparty_org_id
