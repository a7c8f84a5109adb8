-- 同一主体的数值不会一期之间相差十的整数次方；相差的多为单位写错。
-- checked: (SELECT feed, department_id, sender FROM raw.file WHERE is_standing)
-- by: sender
SELECT
  f.name,
  d.sentence AS found,
  f.feed,
  f.department_id,
  f.sender
FROM meta.unit_doubt AS d
JOIN raw.file AS f USING (file_id)
ORDER BY f.file_id, d.column_name, d.exponent
