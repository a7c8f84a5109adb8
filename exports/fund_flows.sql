-- Every cash flow of the funds up to $v in the words of ILPA's transaction types, and what the holdings and the cash come to at $v; $fund NULL for all.
-- investor_flow_cny: as the investors see it, paid in negative; empty for what happens within the fund. IRR and multiples follow from it alone.
WITH flows AS (
  SELECT
    f.entity_id AS fund_id,
    f.occurred_on,
    CASE f.flow_kind WHEN 'paid_in' THEN 'Capital Call' WHEN 'distribution' THEN 'Distribution' WHEN 'investment' THEN 'Investment' WHEN 'exit' THEN 'Proceeds from Investment'
      ELSE 'Management Fees and Expenses' END AS transaction_type,
    f.amount_cny,
    CASE f.flow_kind WHEN 'paid_in' THEN -f.amount_cny WHEN 'distribution' THEN f.amount_cny END AS investor_flow_cny,
    f.org_id AS counterparty_id,
    f.stage_id,
    x.name AS file,
    nullif(s.sheet, '') AS sheet,
    s.row,
    x.sha256,
    f.key
  FROM core.fund_entry AS f
  JOIN raw.source_row AS s ON s.row_id = f.row_id
  JOIN raw.file AS x ON x.file_id = s.file_id
  WHERE f.occurred_on <= $v
),
worth AS (
  SELECT
    c.entity_id AS fund_id,
    $v::DATE AS occurred_on,
    CASE WHEN c.metric_id = 'fund_cash' THEN 'NAV: Cash' ELSE 'NAV: Fair Value' END AS transaction_type,
    sum(c.value) AS amount_cny,
    sum(c.value) AS investor_flow_cny,
    c.metric_id AS key
  FROM mart.contribution AS c
  WHERE c.metric_id IN ('fund_cash', 'fund_fair_value') AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  GROUP BY c.entity_id, c.metric_id
),
either AS (
  SELECT *, 0 AS part FROM flows
  UNION ALL BY NAME
  SELECT *, 1 AS part FROM worth
)
SELECT
  e.fund_id,
  coalesce(l.fund_name, e.fund_id) AS fund_name,
  strftime(e.occurred_on, '%Y-%m-%d') AS occurred_on,
  e.transaction_type,
  e.amount_cny::DECIMAL(20, 2) AS amount_cny,
  e.investor_flow_cny::DECIMAL(20, 2) AS investor_flow_cny,
  e.counterparty_id,
  o.org_name AS counterparty,
  e.stage_id,
  e.file,
  e.sheet,
  e.row::BIGINT AS row,
  e.sha256
FROM either AS e
LEFT JOIN core.fund AS l ON l.fund_id = e.fund_id
LEFT JOIN core.organization AS o ON o.org_id = e.counterparty_id
WHERE $fund IS NULL OR e.fund_id = $fund
ORDER BY e.fund_id, e.part, e.occurred_on, e.key
