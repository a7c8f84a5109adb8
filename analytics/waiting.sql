-- How long what is counted by $started took to be counted by $ended too, or has waited up to $v, in days; what is not dated as $precision says is left out.
SELECT
  s.zone_id,
  coalesce(s.category, '') AS category,
  (coalesce(e.occurred_on, $v::DATE) - s.occurred_on)::INTEGER AS days,
  e.key IS NOT NULL AS is_over,
  sum(s.value)::INTEGER AS number
FROM mart.contribution AS s
LEFT JOIN mart.contribution AS e ON e.metric_id = $ended AND e.key = s.key AND e.counts_from <= $v AND (e.counts_until IS NULL OR e.counts_until > $v)
WHERE s.metric_id = $started AND s.counts_from <= $v AND (s.counts_until IS NULL OR s.counts_until > $v)
  AND s.occurred_precision = $precision AND coalesce(e.occurred_precision, $precision) = $precision
GROUP BY ALL
