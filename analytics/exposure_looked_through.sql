-- How much of what the funds hold at $v is looked through to the last investor, by cost.
SELECT
  sum(p.cost_cny) AS cost_cny,
  sum(p.cost_cny * coalesce(w.looked_through_share, 0)) AS looked_through_cny
FROM core.fund_position AS p
LEFT JOIN core.fund_public_share AS w ON w.fund_id = p.fund_id AND w.valid_from <= $v AND (w.valid_until IS NULL OR w.valid_until > $v)
WHERE p.valid_from <= $v AND (p.valid_until IS NULL OR p.valid_until > $v) AND p.cost_cny > 0
