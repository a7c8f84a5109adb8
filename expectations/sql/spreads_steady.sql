-- 与同一主体的上一份相比，各类所占比重、数值的分布相当；少于 30 行的不比。
-- checked: (SELECT feed, department_id, sender FROM raw.file WHERE is_standing GROUP BY ALL HAVING count(DISTINCT as_of) > 1)
-- by: sender
SELECT
  f.name,
  d.sentence AS found,
  f.feed,
  f.department_id,
  f.sender
FROM meta.drift AS d
JOIN raw.file AS f USING (file_id)
ORDER BY f.file_id, d.column_name
