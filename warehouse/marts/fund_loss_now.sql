-- 基金的最大单户与已确认损失：截至最新截至日一只基金一行；其他日子按同一查询另算。
-- grain: fund_id
-- 损失只计全部退出的被投单位，成本减收回，别的单位的收益不抵。
WITH day AS (
  SELECT max(f.as_of) AS as_of
  FROM raw.file AS f
  WHERE f.is_standing
),
held AS (
  SELECT f.entity_id AS fund_id, f.org_id,
    sum(f.amount_cny) FILTER (f.flow_kind = 'investment') AS cost_cny,
    coalesce(sum(f.amount_cny) FILTER (f.flow_kind = 'exit'), 0) AS proceeds_cny,
    max(f.occurred_on) FILTER (f.flow_kind = 'investment') AS bought_on,
    max(f.occurred_on) FILTER (f.flow_kind = 'exit' AND coalesce(f.holding_share, 0) = 0) AS left_on
  FROM core.fund_entry AS f
  JOIN day AS d ON f.occurred_on <= d.as_of
  WHERE f.flow_kind IN ('investment', 'exit') AND f.org_id IS NOT NULL
  GROUP BY f.entity_id, f.org_id
)
SELECT
  h.fund_id,                          -- 基金编号
  max(h.cost_cny) AS largest_cny,     -- 投给一家最多（元）
  coalesce(sum(greatest(h.cost_cny - h.proceeds_cny, 0)) FILTER (h.left_on >= h.bought_on), 0) AS lost_cny -- 已确认损失（元）
FROM held AS h
WHERE h.cost_cny > 0
GROUP BY h.fund_id
