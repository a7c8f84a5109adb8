-- The files that the rows of $metrics alive at $v come from, each once, the first received first.
SELECT f.name
FROM mart.contribution AS c
JOIN raw.source_row AS s USING (row_id)
JOIN raw.file AS f USING (file_id)
WHERE list_contains($metrics, c.metric_id) AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
GROUP BY f.file_id, f.name
ORDER BY f.file_id
