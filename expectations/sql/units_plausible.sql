-- 同一主体的数值不会一期之间相差十的整数次方；相差的多为单位写错。
-- checked: raw.file WHERE is_standing
SELECT
  f.name,
  d.sentence
FROM meta.unit_doubt AS d
JOIN raw.file AS f USING (file_id)
ORDER BY f.file_id, d.column_name, d.exponent
