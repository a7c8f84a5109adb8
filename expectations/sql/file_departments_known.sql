-- 每个文件都来自一个已知的部门。
-- checked: raw.file
SELECT
  f.file_id,
  f.name,
  f.department_id
FROM raw.file AS f
WHERE NOT EXISTS (FROM ref.department AS d WHERE d.department_id = f.department_id)
ORDER BY f.file_id
