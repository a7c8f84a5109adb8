-- 统一社会信用代码第 9 至 17 位是组织机构代码，其校验码符合 GB 11714-1997。
-- checked: (SELECT row_id FROM core.organization WHERE length(org_id) = 18)
-- by: row_id
-- C9 = 11 − Σ(Ci × Wi) mod 11, 10 written X and 11 written 0; Wi = 3, 7, 9, 10, 5, 8, 4, 2.
WITH weights AS (
  SELECT unnest(range(1, 9)) AS place, unnest([3, 7, 9, 10, 5, 8, 4, 2]) AS weight
),
computed AS (
  SELECT o.org_id, substr('0X987654321', (sum((strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', substr(o.org_id, 8 + w.place::INTEGER, 1)) - 1) * w.weight) % 11 + 1)::BIGINT, 1)
    AS check_character
  FROM core.organization AS o
  CROSS JOIN weights AS w
  WHERE length(o.org_id) = 18 AND regexp_full_match(o.org_id, '[0-9A-Z]+')
  GROUP BY o.org_id
)
SELECT
  o.org_id,
  o.org_name AS found,
  o.row_id
FROM core.organization AS o
LEFT JOIN computed AS c USING (org_id)
WHERE length(o.org_id) = 18 AND substr(o.org_id, 17, 1) IS DISTINCT FROM c.check_character
ORDER BY o.org_id
