-- 计数行的指纹：计数行按键分为 262144 堆，一堆一行；两期快照先逐堆相比，只有不同的堆须逐行相比。
-- grain: heap
-- 两组不同的行指纹相同，与两个文件的 64 位校验和相同一样罕见；读变化的会核对合计，不会不察。最后一行只验算法：算法不同的快照不能逐堆相比。
WITH sealed AS (
  SELECT hash(c.key) & 262143 AS heap, count(*) AS rows,
    bit_xor(hash(c.metric_id, c.key, c.entity_id, c.counts_from, c.counts_until, c.value, c.zone_id, c.department_id)) AS seal
  FROM mart.contribution AS c
  GROUP BY hash(c.key) & 262143
  UNION ALL
  SELECT 262144 AS heap, 0 AS rows, hash('heap') AS seal
)
SELECT
  s.heap,                             -- 堆号
  s.rows,                             -- 行数
  s.seal                              -- 指纹
FROM sealed AS s
