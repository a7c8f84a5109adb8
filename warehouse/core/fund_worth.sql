-- 在投公允价值随时间：一次估值、一笔投资或一笔部分退出一行。
-- grain: key, counts_from
-- 估值自估值日起，到下一次估值或全部退出为止；估值以后新投的按成本加，部分退出（写明剩余持股）的减，都到下一次估值为止。退出未写剩余持股的为全部退出。
WITH leaving AS (
  SELECT f.entity_id AS fund_id, f.org_id, f.occurred_on AS left_on
  FROM core.fund_entry AS f
  WHERE f.flow_kind = 'exit' AND coalesce(f.holding_share, 0) = 0
),
valued AS (
  SELECT concat_ws('|', v.department_id, nullif(v.sender, ''), v.fund_id, v.investee_org_id, 'valued') AS key, v.fund_id, v.investee_org_id AS org_id, 'valued' AS basis,
    v.valued_on AS counts_from, coalesce(v.valued_precision, 'D') AS occurred_precision, v.valued_until AS next_on, v.fair_value_cny AS value, v.department_id, v.sender,
    v.known_at, v.row_id, v.source_row_ids, NULL::VARCHAR AS stage_id
  FROM core.fund_valuation AS v
),
moved AS (
  SELECT f.key, f.entity_id AS fund_id, f.org_id, 'cost' AS basis, f.occurred_on AS counts_from, f.occurred_precision,
    min(v.valued_on) AS next_on, CASE f.flow_kind WHEN 'investment' THEN f.amount_cny ELSE -f.amount_cny END AS value, f.department_id,
    coalesce(f.reported_by, '') AS sender, f.known_at, f.row_id, f.source_row_ids, f.stage_id
  FROM core.fund_entry AS f
  LEFT JOIN core.fund_valuation AS v ON v.fund_id = f.entity_id AND v.investee_org_id = f.org_id AND v.valued_on >= f.occurred_on
  WHERE f.flow_kind = 'investment' OR f.flow_kind = 'exit' AND f.holding_share > 0
  GROUP BY ALL
),
either AS (
  SELECT * FROM valued
  UNION ALL BY NAME
  SELECT * FROM moved
),
ended AS (
  SELECT e.*, min(l.left_on) AS left_on
  FROM either AS e
  LEFT JOIN leaving AS l ON l.fund_id = e.fund_id AND l.org_id = e.org_id AND l.left_on >= e.counts_from
  GROUP BY ALL
)
SELECT
  e.key,                              -- 自然键：基金、被投单位；或流水
  'fund' AS entity_kind,              -- 对象种类
  e.fund_id AS entity_id,             -- 基金编号
  e.counts_from AS occurred_on,       -- 估值日或投资日
  e.occurred_precision,               -- 日期精度
  e.counts_from,                      -- 自何日起计（含）
  least(e.next_on, e.left_on) AS counts_until, -- 到何日止（不含），空为至今
  e.value,                            -- 公允价值（元）
  'na' AS zone_id,                    -- 基金不分空间
  e.department_id,                    -- 报送部门
  nullif(e.sender, '') AS reported_by, -- 报送主体
  e.stage_id,                         -- 投资时阶段
  e.org_id,                           -- 被投单位
  e.basis AS category,                -- valued 估值 / cost 尚未估值，按成本
  e.known_at,                         -- 何时得知（UTC）
  e.row_id,                           -- 来源行
  e.source_row_ids                    -- 其他来源行
FROM ended AS e
WHERE coalesce(least(e.next_on, e.left_on), DATE '9999-12-31') > e.counts_from
