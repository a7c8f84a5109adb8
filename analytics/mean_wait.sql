-- The mean of the days waited that sites report at $v, each weighed by the people who wait there.
SELECT (sum(h.waiting * h.mean_wait_days) / nullif(sum(h.waiting), 0))::DECIMAL(9, 1) AS mean_days
FROM core.housing_stock AS h
WHERE h.counts_from <= $v AND (h.counts_until IS NULL OR h.counts_until > $v) AND h.waiting > 0 AND h.mean_wait_days IS NOT NULL
