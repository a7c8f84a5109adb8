-- 租约、场所需求引用的空间单元都在载体空间台账。
-- checked: (SELECT unit_id AS unit_id FROM core.lease UNION SELECT unit_id AS unit_id FROM core.space_request) AS c WHERE unit_id IS NOT NULL
WITH told AS (
  SELECT '租约' AS told_in, t.unit_id AS unit_id FROM core.lease AS t
  UNION ALL
  SELECT '场所需求' AS told_in, t.unit_id AS unit_id FROM core.space_request AS t
)
SELECT
  t.unit_id,
  string_agg(DISTINCT t.told_in, '、' ORDER BY t.told_in) AS told_in
FROM told AS t
WHERE t.unit_id IS NOT NULL AND NOT EXISTS (FROM core.premise_version AS k WHERE k.unit_id = t.unit_id)
GROUP BY t.unit_id
ORDER BY t.unit_id
