-- 主体库和各报表所引用的统一社会信用代码为 18 位，校验码符合 GB 32100-2015。
-- checked: (SELECT row_id FROM core.organization UNION ALL SELECT min(row_id) AS row_id FROM core.org_reference WHERE is_to_be_registered GROUP BY org_id)
-- by: row_id
WITH codes AS (
  SELECT o.org_id, o.org_name, o.row_id FROM core.organization AS o
  UNION ALL
  SELECT r.org_id, min(r.told_as) AS org_name, min(r.row_id) AS row_id FROM core.org_reference AS r WHERE r.is_to_be_registered GROUP BY r.org_id
),
weights AS (
  SELECT unnest(range(1, 18)) AS place, unnest([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]) AS weight
),
digits AS (
  SELECT o.org_id, w.weight, strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(o.org_id, w.place, 1)) - 1 AS digit
  FROM codes AS o
  CROSS JOIN weights AS w
  WHERE regexp_full_match(o.org_id, '[0-9A-HJ-NPQRTUWXY]+') AND length(o.org_id) = 18
),
computed AS (
  SELECT d.org_id, substr('0123456789ABCDEFGHJKLMNPQRTUWXY', ((31 - sum(d.digit * d.weight) % 31) % 31 + 1)::BIGINT, 1) AS check_character
  FROM digits AS d
  GROUP BY d.org_id
)
SELECT
  o.org_id,
  o.org_name AS found,
  o.row_id
FROM codes AS o
LEFT JOIN computed AS c USING (org_id)
WHERE right(o.org_id, 1) IS DISTINCT FROM c.check_character
ORDER BY o.org_id
