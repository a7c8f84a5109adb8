-- 基金估值不早于首次实缴，也不早于对该被投单位的首笔投资。
-- checked: core.fund_valuation
-- by: row_id
WITH first_call AS (
  SELECT f.fund_id, min(f.paid_on) AS called_on
  FROM core.fund_cashflow AS f
  WHERE f.flow_kind = 'paid_in'
  GROUP BY f.fund_id
),
first_buy AS (
  SELECT f.fund_id, f.counterparty_org_id AS org_id, min(f.paid_on) AS bought_on
  FROM core.fund_cashflow AS f
  WHERE f.flow_kind = 'investment'
  GROUP BY f.fund_id, f.counterparty_org_id
)
SELECT
  concat_ws(' ', v.fund_id, v.investee_org_id) AS key,
  '估值日 ' || v.valued_on || CASE
    WHEN c.called_on IS NULL THEN '，没有实缴的流水'
    WHEN v.valued_on < c.called_on THEN '，早于首次实缴 ' || c.called_on
    ELSE '，早于首笔投资 ' || b.bought_on END AS found,
  v.row_id
FROM core.fund_valuation AS v
LEFT JOIN first_call AS c ON c.fund_id = v.fund_id
LEFT JOIN first_buy AS b ON b.fund_id = v.fund_id AND b.org_id = v.investee_org_id
WHERE c.called_on IS NULL OR v.valued_on < c.called_on OR v.valued_on < b.bought_on
ORDER BY ALL
