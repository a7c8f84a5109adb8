-- 每个现行文件接收的行都在本表，一行不多，一行不少。
-- checked: {table}
WITH kept AS (
  SELECT r.file_id, count(*) AS stored
  FROM {table} AS r
  GROUP BY r.file_id
),
told AS (
  SELECT f.file_id, f.name, f.accepted
  FROM raw.file AS f
  WHERE f.is_standing AND 'raw.' || f.feed = '{table}'
)
SELECT
  coalesce(t.name, k.file_id::VARCHAR) AS name,
  '应有 ' || coalesce(t.accepted, 0) || ' 行，实有 ' || coalesce(k.stored, 0) || ' 行' AS difference
FROM kept AS k
FULL JOIN told AS t USING (file_id)
WHERE coalesce(k.stored, 0) IS DISTINCT FROM t.accepted
ORDER BY name
