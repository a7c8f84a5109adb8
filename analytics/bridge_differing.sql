-- Heaps of keys, of 262,144, that hold other rows in $one than in $other, as marts/contribution_heap.sql tells of either: all else need not be joined.
-- grain: heap
WITH heaps AS (
  SELECT h.heap, h.rows, h.seal
  FROM query_table($one) AS h
  UNION ALL
  SELECT h.heap, h.rows, h.seal
  FROM query_table($other) AS h
)
SELECT h.heap
FROM heaps AS h
GROUP BY h.heap
HAVING count(*) = 1 OR min(h.seal) <> max(h.seal) OR min(h.rows) <> max(h.rows)
