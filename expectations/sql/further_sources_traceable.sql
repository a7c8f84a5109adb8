-- 每个计数行的其他来源都能追到一个已接收的来源行，连同它的文件、内容指纹和行号。
-- checked: mart.contribution_source
SELECT
  c.metric_id,
  c.key,
  c.row_id
FROM mart.contribution_source AS c
LEFT JOIN raw.source_row AS s ON s.row_id = c.row_id AND s.disposition = 'accepted' AND s.row >= 1
LEFT JOIN raw.file AS f ON f.file_id = s.file_id AND length(f.sha256) = 64
WHERE f.file_id IS NULL
ORDER BY ALL
