-- 各基金与先投后股在同一家企业的持股比例之和不超过 1。
-- checked: (SELECT f.row_id FROM core.fund_cashflow AS f UNION ALL SELECT d.row_id FROM core.invest_first_deal AS d)
-- by: row_id
WITH held AS (
  SELECT f.counterparty_org_id AS org_id, arg_max(f.holding_share, (f.paid_on, f.row_id)) AS holding_share, max(f.row_id) AS row_id
  FROM core.fund_cashflow AS f
  WHERE f.flow_kind IN ('investment', 'exit') AND f.counterparty_org_id IS NOT NULL
  GROUP BY f.counterparty_org_id, f.fund_id
  UNION ALL
  SELECT d.org_id, d.converted_share AS holding_share, d.row_id
  FROM core.invest_first_deal AS d
  WHERE d.status IN ('converted', 'held')
)
SELECT
  h.org_id,
  '持股比例之和 ' || round(sum(h.holding_share) * 100, 2) || '%' AS found,
  max(h.row_id) AS row_id
FROM held AS h
GROUP BY h.org_id
HAVING sum(h.holding_share) > 1
ORDER BY h.org_id
