-- The policies in force at $v by risk: amounts, and how many.
SELECT
  c.category AS risk_kind,
  count(*) FILTER (WHERE c.metric_id = 'insurance_cover') AS policies,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'insurance_cover'), 0)::DECIMAL(20, 2) AS cover_cny,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'insurance_premium'), 0)::DECIMAL(20, 2) AS premium_cny,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = 'insurance_claims'), 0)::DECIMAL(20, 2) AS claims_cny
FROM mart.contribution AS c
WHERE c.metric_id IN ('insurance_cover', 'insurance_premium', 'insurance_claims')
  AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
GROUP BY ALL
ORDER BY cover_cny DESC
