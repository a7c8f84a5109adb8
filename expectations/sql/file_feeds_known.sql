-- 每个文件都属于一种已知的报表。
-- checked: raw.file
SELECT
  f.file_id,
  f.name,
  f.feed
FROM raw.file AS f
WHERE NOT EXISTS (FROM meta.coverage AS c WHERE c.feed = f.feed)
ORDER BY f.file_id
