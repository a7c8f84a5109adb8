-- Every agreement as listed at $v with the dates and sums known by then; alarms as columns, NULL where they cannot be judged.
WITH standing AS (
  SELECT v.*
  FROM core.invest_first_deal_version AS v
  WHERE v.valid_from <= $v
  QUALIFY row_number() OVER (PARTITION BY v.agreement_id ORDER BY v.valid_from DESC) = 1
),
ended AS (
  SELECT v.agreement_id, min(v.valid_from) AS ended_on
  FROM core.invest_first_deal_version AS v
  WHERE v.status IN ('exited', 'returned', 'replaced', 'exempted', 'terminated') AND v.valid_from <= $v
  GROUP BY v.agreement_id
),
flowed AS (
  SELECT f.agreement_id,
    sum(f.amount_cny) FILTER (f.flow_kind = 'cash') AS cash_cny,
    sum(f.amount_cny) FILTER (f.flow_kind = 'rent') AS rent_cny,
    sum(f.amount_cny) FILTER (f.flow_kind = 'other') AS other_cny,
    sum(f.amount_cny) FILTER (f.flow_kind IN ('exit', 'returned')) AS recovered_cny,
    sum(f.amount_cny) FILTER (f.flow_kind = 'written_off') AS written_off_cny,
    sum(f.amount_cny) FILTER (f.flow_kind IN ('cash', 'rent', 'other') AND f.is_recycled) AS recycled_cny,
    min(f.paid_on) FILTER (f.flow_kind IN ('cash', 'rent', 'other')) AS first_paid_on,
    max(f.paid_on) FILTER (f.flow_kind IN ('exit', 'returned', 'written_off')) AS last_back_on
  FROM core.invest_first_flow AS f
  WHERE f.paid_on <= $v
  GROUP BY f.agreement_id
),
outstanding AS (
  SELECT c.entity_id AS agreement_id,
    sum(c.value) FILTER (c.metric_id = 'deal_outstanding') AS outstanding_cny,
    sum(c.value) FILTER (c.metric_id = 'deal_converted') AS converted_cny
  FROM mart.contribution AS c
  WHERE c.metric_id IN ('deal_outstanding', 'deal_converted') AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  GROUP BY c.entity_id
),
waived AS (
  SELECT DISTINCT l.agreement_id
  FROM core.lease_version AS l
  WHERE l.agreement_id IS NOT NULL AND l.rent_waived_cny > 0 AND l.valid_from <= $v AND (l.valid_until IS NULL OR l.valid_until > $v)
    AND l.starts_on <= $v AND (l.ends_on IS NULL OR l.ends_on >= $v)
),
vouchers AS (
  SELECT f.department_id, f.voucher_no, f.amount_cny
  FROM core.invest_first_flow AS f
  WHERE f.paid_on <= $v
  GROUP BY f.department_id, f.voucher_no, f.amount_cny
  HAVING count(*) > 1
),
twice AS (
  SELECT DISTINCT f.agreement_id
  FROM core.invest_first_flow AS f
  JOIN vouchers AS x ON x.department_id = f.department_id AND x.voucher_no = f.voucher_no AND x.amount_cny = f.amount_cny
  WHERE f.paid_on <= $v
  UNION
  SELECT DISTINCT f.agreement_id
  FROM core.invest_first_flow AS f
  JOIN standing AS d ON d.agreement_id = f.agreement_id
  JOIN core.lease_version AS l ON l.tenant_org_id = d.org_id AND l.agreement_id IS NULL AND l.rent_waived_cny > 0 AND l.area_m2 = f.area_m2
    AND l.starts_on <= f.paid_on + to_months(f.months::INTEGER) AND (l.ends_on IS NULL OR l.ends_on >= f.paid_on)
  WHERE f.flow_kind = 'rent' AND f.paid_on <= $v AND l.valid_from <= $v
)
SELECT
  s.agreement_id,
  s.status,
  s.project_id,
  p.project_name,
  s.org_id,
  o.org_name,
  s.signed_on,
  CASE WHEN s.triggered_on <= $v THEN s.triggered_on END AS triggered_on,
  CASE WHEN s.converted_on <= $v THEN s.converted_on END AS converted_on,
  coalesce(f.last_back_on, e.ended_on) AS ended_on,
  f.first_paid_on,
  s.pre_money_cny,
  s.original_capital_cny,
  s.discount_share,
  CASE WHEN s.converted_on <= $v THEN s.converted_share END AS converted_share,
  s.holder_org_id,
  h.org_name AS holder_name,
  coalesce(f.cash_cny, 0) AS cash_cny,
  coalesce(f.rent_cny, 0) AS rent_cny,
  coalesce(f.other_cny, 0) AS other_cny,
  coalesce(f.recovered_cny, 0) AS recovered_cny,
  coalesce(f.written_off_cny, 0) AS written_off_cny,
  coalesce(f.recycled_cny, 0) AS recycled_cny,
  coalesce(x.outstanding_cny, 0) AS outstanding_cny,
  coalesce(x.converted_cny, 0) AS converted_cny,
  w.agreement_id IS NOT NULL AND (s.status IN ('exited', 'returned', 'replaced', 'exempted', 'terminated') OR t.root_project_id IS NOT NULL)
    AS is_waived_after_end,
  coalesce(f.first_paid_on < s.signed_on OR f.first_paid_on < p.approved_on, false) AS is_paid_early,
  u.agreement_id IS NOT NULL AS is_counted_twice,
  t.terminated_on
FROM standing AS s
LEFT JOIN flowed AS f USING (agreement_id)
LEFT JOIN ended AS e USING (agreement_id)
LEFT JOIN outstanding AS x USING (agreement_id)
LEFT JOIN waived AS w USING (agreement_id)
LEFT JOIN twice AS u USING (agreement_id)
LEFT JOIN core.project AS p ON p.project_id = s.project_id
LEFT JOIN core.organization AS o ON o.org_id = s.org_id
LEFT JOIN core.organization AS h ON h.org_id = s.holder_org_id
LEFT JOIN core.termination AS t ON t.root_project_id = s.root_project_id AND t.terminated_on <= $v AND (t.reopened_on IS NULL OR t.reopened_on > $v)
ORDER BY s.signed_on, s.agreement_id
