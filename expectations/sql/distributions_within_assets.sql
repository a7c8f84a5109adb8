-- 基金分配不超过当时的净值：分配之日，账面未用（实缴 − 已投 − 费用 + 退出回收 − 分配）不为负，净值不为负。
-- checked: core.fund_cashflow
-- by: row_id
WITH daily AS (
  SELECT f.fund_id, f.paid_on,
    sum(CASE WHEN f.flow_kind IN ('paid_in', 'exit') THEN f.amount_cny ELSE -f.amount_cny END) AS moved_cny
  FROM core.fund_cashflow AS f
  GROUP BY f.fund_id, f.paid_on
),
held AS (
  SELECT d.fund_id, d.paid_on, sum(d.moved_cny) OVER (PARTITION BY d.fund_id ORDER BY d.paid_on) AS cash_cny
  FROM daily AS d
),
worth AS (
  SELECT h.fund_id, h.paid_on, h.cash_cny, coalesce(sum(w.value), 0) AS fair_cny
  FROM held AS h
  LEFT JOIN core.fund_worth AS w ON w.entity_id = h.fund_id AND w.counts_from <= h.paid_on AND (w.counts_until IS NULL OR w.counts_until > h.paid_on)
  WHERE h.cash_cny < 0
  GROUP BY h.fund_id, h.paid_on, h.cash_cny
)
SELECT
  f.flow_id,
  f.paid_on || ' 分配 ' || f.amount_cny || ' 元后，账面未用 ' || w.cash_cny || ' 元，在投公允价值 ' || w.fair_cny || ' 元' AS found,
  f.row_id
FROM core.fund_cashflow AS f
JOIN worth AS w ON w.fund_id = f.fund_id AND w.paid_on = f.paid_on
WHERE f.flow_kind = 'distribution'
ORDER BY f.flow_id
