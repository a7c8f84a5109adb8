-- An agreement to invest first, as its list stood at $v.
SELECT
  coalesce(g.org_name || ' ', '') || d.agreement_id AS name,
  d.status,
  (SELECT sum(b.principal_cny) FROM core.invest_first_balance AS b
   WHERE b.agreement_id = $id AND b.valid_from <= $v AND (b.valid_until IS NULL OR b.valid_until > $v)) AS principal_cny,
  d.trigger_terms,
  d.pre_money_cny,
  d.discount_share,
  d.converted_share,
  d.signed_on,
  d.signed_precision,
  d.valid_from AS listed_on
FROM core.invest_first_deal_version AS d
LEFT JOIN core.organization AS g ON g.org_id = d.org_id
WHERE d.agreement_id = $id AND d.valid_from <= $v
ORDER BY d.valid_from DESC
LIMIT 1
