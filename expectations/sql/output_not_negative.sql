-- 产值各行不为负；负数照计入合计，多为冲减前期或正负号写错，请核对。
-- checked: raw.output_values
-- by: row_id
SELECT
  v.org_id,
  strftime(v.period_to, '%Y-%m') AS month,
  v.amount_cny || ' 元' AS found,
  v.row_id
FROM raw.output_values AS v
JOIN raw.file AS f USING (file_id)
WHERE f.is_standing AND v.amount_cny < 0
ORDER BY v.org_id, v.period_to, v.outcome_id, v.row_id
