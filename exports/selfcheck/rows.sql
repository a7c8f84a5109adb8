-- Every metric added up by zone out of the rows that count at $v, each found again as a line of a file that is in force.
-- grain: metric_id, zone_id
WITH counted AS (
  SELECT c.metric_id, c.zone_id, c.value, c.row_id
  FROM mart.contribution AS c
  WHERE c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  UNION ALL
  SELECT c.metric_id, c.zone_id, c.value, c.row_id
  FROM mart.person_contribution AS c
  WHERE c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
)
SELECT
  c.metric_id,
  c.zone_id,
  sum(c.value) AS value,
  count(*) AS row_count
FROM counted AS c
JOIN raw.source_row AS s ON s.row_id = c.row_id
JOIN raw.file AS f ON f.file_id = s.file_id
WHERE s.disposition = 'accepted'
GROUP BY ALL
