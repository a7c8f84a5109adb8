-- 基金在一家企业的持仓随时间：一只基金一家企业一段时间一行。
-- grain: fund_id, investee_org_id, valid_from
-- 成本：投资累计；退出回收未写明剩余持股的为全部退出，写明的按收回金额冲减。公允：最近一次估值，此后的投资加、回收减。投向其他基金的不在内，由穿透计。
WITH flows AS (
  SELECT f.fund_id, coalesce(f.counterparty_org_id, '') AS investee_org_id, f.paid_on AS on_day,
    sum(CASE f.flow_kind WHEN 'investment' THEN f.amount_cny ELSE -f.amount_cny END) AS moved_cny,
    bool_or(f.flow_kind = 'exit' AND coalesce(f.holding_share, 0) = 0) AND NOT bool_or(f.flow_kind = 'investment') AS is_closing,
    NULL::DECIMAL(20, 2) AS fair_value_cny,
    list(f.row_id) AS row_ids
  FROM core.fund_cashflow AS f
  WHERE f.flow_kind IN ('investment', 'exit') AND f.amount_cny >= 0
    AND NOT EXISTS (FROM core.fund_code AS c WHERE c.org_id = f.counterparty_org_id)
  GROUP BY f.fund_id, coalesce(f.counterparty_org_id, ''), f.paid_on
),
valuations AS (
  SELECT v.fund_id, v.investee_org_id, v.valued_on AS on_day, arg_max(v.fair_value_cny, v.row_id) AS fair_value_cny, max(v.row_id) AS row_id
  FROM core.fund_valuation AS v
  WHERE v.fair_value_cny >= 0 AND NOT EXISTS (FROM core.fund_code AS c WHERE c.org_id = v.investee_org_id)
  GROUP BY v.fund_id, v.investee_org_id, v.valued_on
),
days AS (
  SELECT coalesce(f.fund_id, v.fund_id) AS fund_id, coalesce(f.investee_org_id, v.investee_org_id) AS investee_org_id,
    coalesce(f.on_day, v.on_day) AS on_day, coalesce(f.moved_cny, 0) AS moved_cny, coalesce(f.is_closing, false) AS is_closing, v.fair_value_cny,
    coalesce(f.row_ids, []) AS flow_row_ids, v.row_id AS valuation_row_id
  FROM flows AS f
  FULL JOIN valuations AS v ON v.fund_id = f.fund_id AND v.investee_org_id = f.investee_org_id AND v.on_day = f.on_day
),
stretches AS (
  SELECT d.*, count(*) FILTER (d.is_closing) OVER (PARTITION BY d.fund_id, d.investee_org_id ORDER BY d.on_day) AS times_closed
  FROM days AS d
),
running AS (
  SELECT s.*,
    sum(CASE WHEN s.is_closing THEN 0 ELSE s.moved_cny END) OVER stretch AS run_cny,
    last_value(s.valuation_row_id IGNORE NULLS) OVER stretch AS last_valuation_row_id,
    last_value(s.fair_value_cny IGNORE NULLS) OVER stretch AS last_fair_cny,
    flatten(list(s.flow_row_ids) OVER position) AS all_flow_row_ids
  FROM stretches AS s
  WINDOW stretch AS (PARTITION BY s.fund_id, s.investee_org_id, s.times_closed ORDER BY s.on_day),
    position AS (PARTITION BY s.fund_id, s.investee_org_id ORDER BY s.on_day)
),
levelled AS (
  SELECT r.*,
    r.run_cny - least(min(r.run_cny) OVER stretch, 0) AS cost_cny, -- never below nothing: what comes back beyond the cost is gain
    r.run_cny - last_value(CASE WHEN r.fair_value_cny IS NOT NULL THEN r.run_cny END IGNORE NULLS) OVER stretch AS since_valued_cny
  FROM running AS r
  WINDOW stretch AS (PARTITION BY r.fund_id, r.investee_org_id, r.times_closed ORDER BY r.on_day)
)
SELECT
  l.fund_id,                          -- 基金编号
  l.investee_org_id,                  -- 被投单位代码，空文本为流水没有写
  l.on_day AS valid_from,             -- 自何日起（含）
  lead(l.on_day) OVER (PARTITION BY l.fund_id, l.investee_org_id ORDER BY l.on_day) AS valid_until, -- 到何日止（不含），空为至今
  l.cost_cny::DECIMAL(20, 2) AS cost_cny, -- 成本（元）
  greatest(coalesce(l.last_fair_cny + coalesce(l.since_valued_cny, 0), l.cost_cny), 0)::DECIMAL(20, 2) AS fair_cny, -- 公允价值（元），没有估值的为成本
  l.last_fair_cny IS NOT NULL AS is_valued, -- 是否有估值
  coalesce(list_max(l.all_flow_row_ids), l.last_valuation_row_id) AS row_id, -- 来源行：最近一笔流水，没有的为估值
  list_concat(l.all_flow_row_ids, CASE WHEN l.last_valuation_row_id IS NULL THEN [] ELSE [l.last_valuation_row_id] END) AS source_row_ids -- 全部来源行
FROM levelled AS l
