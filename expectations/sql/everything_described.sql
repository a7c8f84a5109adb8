-- 快照里的每张表、每一列都有说明。
-- checked: duckdb_columns() WHERE database_name = current_database() AND schema_name IN ('ref', 'raw', 'rejected', 'core', 'mart', 'meta')
WITH described AS (
  SELECT t.database_name, t.schema_name, t.table_name AS name, t.comment FROM duckdb_tables() AS t
  UNION ALL
  SELECT v.database_name, v.schema_name, v.view_name, v.comment FROM duckdb_views() AS v
  UNION ALL
  SELECT c.database_name, c.schema_name, c.table_name || '.' || c.column_name, c.comment FROM duckdb_columns() AS c
)
SELECT
  d.schema_name || '.' || d.name AS name
FROM described AS d
WHERE d.database_name = current_database() AND d.schema_name IN ('ref', 'raw', 'rejected', 'core', 'mart', 'meta')
  AND coalesce(trim(d.comment), '') = ''
ORDER BY name
