-- Heaps of keys, of 262,144, that hold other rows in $one than in $other: two passes tell where to look, and all else need not be joined.
-- grain: heap
-- Two sets of rows with one seal are as likely as two files with one 64-bit sum; whoever reads the bridge adds it up and would notice.
WITH heaps AS (
  SELECT 'one' AS state, hash(c.key) & 262143 AS heap, count(*) AS rows,
    bit_xor(hash(c.metric_id, c.key, c.entity_id, c.counts_from, c.counts_until, c.value, c.zone_id, c.department_id)) AS seal
  FROM query_table($one) AS c
  GROUP BY heap
  UNION ALL
  SELECT 'other' AS state, hash(c.key) & 262143 AS heap, count(*) AS rows,
    bit_xor(hash(c.metric_id, c.key, c.entity_id, c.counts_from, c.counts_until, c.value, c.zone_id, c.department_id)) AS seal
  FROM query_table($other) AS c
  GROUP BY heap
)
SELECT h.heap
FROM heaps AS h
GROUP BY h.heap
HAVING count(*) = 1 OR min(h.seal) <> max(h.seal) OR min(h.rows) <> max(h.rows)
