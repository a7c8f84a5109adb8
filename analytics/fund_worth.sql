-- What the chosen funds' holdings are worth on each of the days $days: those of $funds together.
SELECT d.v, sum(t.value) AS value
FROM (SELECT unnest($days::DATE[]) AS v) AS d
JOIN mart.fund_total AS t ON t.counts_from <= d.v AND (t.counts_until IS NULL OR t.counts_until > d.v)
WHERE t.metric_id IN ('fund_fair_value', 'fund_cash') AND list_contains($funds::VARCHAR[], t.fund_id)
GROUP BY d.v
ORDER BY d.v
