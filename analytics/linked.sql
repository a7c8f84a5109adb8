-- The firms that are insured at $v and have an investment or a loan besides, the largest exposure first; $most of them, with how many there are.
WITH alive AS (
  SELECT f.org_id, f.metric_id, f.value
  FROM mart.insured_firm AS f
  WHERE f.counts_from <= $v AND (f.counts_until IS NULL OR f.counts_until > $v)
),
firms AS (
  SELECT a.org_id,
    coalesce(sum(a.value) FILTER (WHERE a.metric_id = 'insurance_cover'), 0)::DECIMAL(20, 2) AS cover_cny,
    coalesce(sum(a.value) FILTER (WHERE a.metric_id = 'insurance_linked'), 0)::DECIMAL(20, 2) AS linked_cny,
    coalesce(sum(a.value) FILTER (WHERE a.metric_id IN ('exp_direct', 'exp_fund_cost', 'exp_invest_first')), 0)::DECIMAL(20, 2) AS invested_cny,
    coalesce(sum(a.value) FILTER (WHERE a.metric_id = 'loan_balance'), 0)::DECIMAL(20, 2) AS loans_cny
  FROM alive AS a
  GROUP BY a.org_id
)
SELECT
  f.org_id,
  coalesce(o.group_name, f.org_id) AS group_id,
  coalesce(o.org_name, f.org_id) AS name,
  f.cover_cny,
  f.linked_cny,
  f.invested_cny,
  f.loans_cny,
  count(*) OVER () AS firms
FROM firms AS f
LEFT JOIN core.organization AS o USING (org_id)
WHERE f.cover_cny > 0 AND (f.invested_cny > 0 OR f.loans_cny > 0)
ORDER BY f.linked_cny > 0 DESC, f.invested_cny + f.loans_cny DESC, f.org_id
LIMIT $most
