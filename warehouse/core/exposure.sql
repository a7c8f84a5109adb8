-- 敞口各层的计数行：一层一个对象一段时间一行，金额为元。
-- grain: layer, key, counts_from
-- 层：direct 直接股权，fund_cost 与 fund_fair 基金穿透（成本、公允），invest_first 先投未转股，guarantee 担保（国有部分），pool 补偿池或有，bank 银行自担，flows 租金减免（近十二个月）。
WITH funds AS (
  SELECT f.fund_id, arg_max(f.fund_kind, f.valid_from) AS fund_kind
  FROM core.fund_version AS f
  GROUP BY f.fund_id
),
first_investments AS (
  SELECT f.fund_id, f.counterparty_org_id AS investee_org_id, min(f.paid_on) AS invested_on, arg_min(f.stage_id, (f.paid_on, f.row_id)) AS stage_id,
    arg_max(f.project_id, (f.paid_on, f.row_id)) AS project_id
  FROM core.fund_cashflow AS f
  WHERE f.flow_kind = 'investment'
  GROUP BY f.fund_id, f.counterparty_org_id
),
positions AS (
  SELECT p.fund_id, p.investee_org_id, p.cost_cny, p.fair_cny, p.row_id, p.valid_from AS occurred_on,
    list_concat(p.source_row_ids, coalesce(w.share_row_ids, [])) AS source_row_ids, coalesce(w.public_share, 0) AS public_share,
    greatest(p.valid_from, coalesce(w.valid_from, p.valid_from)) AS valid_from, least(p.valid_until, w.valid_until) AS valid_until
  FROM core.fund_position AS p
  LEFT JOIN core.fund_public_share AS w ON w.fund_id = p.fund_id
    AND (p.valid_until IS NULL OR w.valid_from < p.valid_until) AND (w.valid_until IS NULL OR w.valid_until > p.valid_from)
),
looked_through AS (
  SELECT p.fund_id || '/' || coalesce(nullif(p.investee_org_id, ''), '未写明') AS key, nullif(p.investee_org_id, '') AS org_id,
    f.fund_kind AS category, i.stage_id, i.project_id, coalesce(i.invested_on, p.occurred_on) AS invested_on, p.*
  FROM positions AS p
  LEFT JOIN funds AS f USING (fund_id)
  LEFT JOIN first_investments AS i ON i.fund_id = p.fund_id AND i.investee_org_id = p.investee_org_id
),
told AS (
  SELECT 'fund_cost' AS layer, l.key, 'position' AS entity_kind, l.org_id, l.project_id, l.invested_on AS occurred_on, 'D' AS occurred_precision,
    l.valid_from, l.valid_until, round(l.cost_cny * l.public_share, 2) AS value, l.stage_id, l.category, l.row_id, l.source_row_ids
  FROM looked_through AS l
  UNION ALL
  SELECT 'fund_fair' AS layer, l.key, 'position' AS entity_kind, l.org_id, l.project_id, l.invested_on AS occurred_on, 'D' AS occurred_precision,
    l.valid_from, l.valid_until, round(l.fair_cny * l.public_share, 2) AS value, l.stage_id, l.category, l.row_id, l.source_row_ids
  FROM looked_through AS l
  UNION ALL
  SELECT CASE WHEN b.is_converted THEN 'direct' ELSE 'invest_first' END AS layer, b.agreement_id AS key, 'deal' AS entity_kind, b.org_id, b.project_id,
    coalesce(b.signed_on, b.valid_from) AS occurred_on, 'D' AS occurred_precision, b.valid_from, b.valid_until, b.principal_cny AS value, NULL AS stage_id,
    'invest_first' AS category, b.row_id, b.source_row_ids
  FROM core.invest_first_balance AS b
  UNION ALL
  SELECT p.layer, l.contract_id AS key, 'loan' AS entity_kind, l.borrower_org_id AS org_id, NULL AS project_id, coalesce(l.disbursed_on, l.valid_from) AS occurred_on,
    coalesce(l.disbursed_precision, 'D') AS occurred_precision, l.valid_from, l.valid_until,
    CASE p.layer WHEN 'guarantee' THEN l.state_guarantor_cny WHEN 'pool' THEN l.pool_cny ELSE l.bank_cny END AS value, NULL AS stage_id,
    l.product AS category, l.row_id, l.source_row_ids
  FROM core.loan_cover AS l
  CROSS JOIN (VALUES ('guarantee'), ('pool'), ('bank')) AS p (layer)
  UNION ALL
  SELECT 'flows' AS layer, r.lease_id || ' ' || strftime(r.month_end_on, '%Y-%m') AS key, 'lease' AS entity_kind, r.tenant_org_id AS org_id,
    NULL AS project_id, r.month_end_on AS occurred_on, 'M' AS occurred_precision, r.month_end_on AS valid_from,
    last_day(r.month_end_on + INTERVAL 12 MONTH) AS valid_until, r.rent_waived_cny AS value, NULL AS stage_id, 'rent' AS category, r.row_id,
    [r.row_id] AS source_row_ids
  FROM core.rent_waived AS r
),
org_directions AS (
  SELECT p.lead_org_id AS org_id, arg_max(p.direction_id, (p.approved_on, p.project_id)) AS direction_id
  FROM core.project AS p
  WHERE p.lead_org_id IS NOT NULL AND p.direction_id IS NOT NULL
  GROUP BY p.lead_org_id
),
placed AS (
  SELECT t.*, coalesce(o.zone_id, 'unplaced') AS zone_id,
    greatest(t.valid_from, coalesce(o.valid_from, t.valid_from)) AS counts_from, least(t.valid_until, o.valid_until) AS counts_until
  FROM told AS t
  LEFT JOIN core.organization_place AS o ON o.org_id = t.org_id
    AND (t.valid_until IS NULL OR o.valid_from < t.valid_until) AND (o.valid_until IS NULL OR o.valid_until > t.valid_from)
  WHERE t.value > 0
)
SELECT
  p.layer,                            -- 敞口的层
  p.key,                              -- 自然键：合同、协议、基金/企业、租约与月份
  p.entity_kind,                      -- 对象种类
  p.key AS entity_id,                 -- 对象编号
  p.org_id,                           -- 企业代码，空为没有写明
  p.occurred_on,                      -- 放款、签约、首次投资之日，减免的月末
  p.occurred_precision,               -- 日期精度
  p.counts_from,                      -- 自何日起计（含）
  p.counts_until,                     -- 到何日止（不含），空为一直计
  p.value,                            -- 金额（元）
  p.zone_id,                          -- 企业主要场所所在空间
  coalesce(j.direction_id, d.direction_id) AS direction_id, -- 项目的方向，没有项目的取企业最近立项项目的
  coalesce(p.stage_id, s.stage_id) AS stage_id, -- 投资时、签约时的阶段
  p.category,                         -- 工具：基金类型、先投后股、贷款产品、租金
  f.department_id,                    -- 报送部门
  f.sender AS reported_by,            -- 报送主体
  f.received_at AS known_at,          -- 何时得知（UTC）
  false AS is_pending,                -- 待佐证
  p.row_id,                           -- 来源行
  p.source_row_ids                    -- 全部来源行
FROM placed AS p
JOIN raw.source_row AS r ON r.row_id = p.row_id
JOIN raw.file AS f ON f.file_id = r.file_id
LEFT JOIN core.project AS j ON j.project_id = p.project_id
LEFT JOIN org_directions AS d ON d.org_id = p.org_id
LEFT JOIN (
  SELECT g.project_id, g.entered_on, g.stage_id
  FROM core.stage_spell AS g
  QUALIFY row_number() OVER (PARTITION BY g.project_id, g.entered_on ORDER BY g.row_id DESC) = 1
) AS s ON p.entity_kind = 'deal' AND s.project_id = p.project_id AND s.entered_on = (
  SELECT max(e.entered_on) FROM core.stage_spell AS e WHERE e.project_id = p.project_id AND e.entered_on <= p.occurred_on)
