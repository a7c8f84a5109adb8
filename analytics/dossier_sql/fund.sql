-- A fund as its list stood at $v, with its flows until then.
WITH flows AS (
  SELECT
    sum(c.amount_cny) FILTER (WHERE c.flow_kind = 'paid_in') AS paid_in_cny,
    sum(c.amount_cny) FILTER (WHERE c.flow_kind = 'investment') AS invested_cny,
    sum(c.amount_cny) FILTER (WHERE c.flow_kind = 'distribution') AS distributed_cny
  FROM core.fund_cashflow AS c
  WHERE c.fund_id = $id AND c.paid_on <= $v
)
SELECT
  f.fund_name AS name,
  f.fund_kind,
  f.status,
  f.committed_cny,
  w.paid_in_cny,
  w.invested_cny,
  w.distributed_cny,
  (SELECT nullif(count(*), 0) FROM core.fund_position AS p
   WHERE p.fund_id = $id AND p.valid_from <= $v AND (p.valid_until IS NULL OR p.valid_until > $v)) AS positions,
  (SELECT sum(p.fair_cny) FROM core.fund_position AS p
   WHERE p.fund_id = $id AND p.valid_from <= $v AND (p.valid_until IS NULL OR p.valid_until > $v)) AS fair_cny,
  coalesce(g.org_name, f.manager_org_id) AS manager,
  f.established_on,
  f.established_precision,
  f.loss_tolerance_share,
  f.single_project_cap_share,
  f.valid_from AS listed_on
FROM core.fund_version AS f
CROSS JOIN flows AS w
LEFT JOIN core.organization AS g ON g.org_id = f.manager_org_id
WHERE f.fund_id = $id AND f.valid_from <= $v
ORDER BY f.valid_from DESC
LIMIT 1
