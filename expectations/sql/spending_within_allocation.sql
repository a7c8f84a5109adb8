-- 财政资金逐级不超：到位不超过下达，支出不超过到位。
-- checked: core.funding
-- by: row_id
SELECT
  concat_ws(' ', year(f.year_from), f.item_id) AS key,
  '下达 ' || f.issued_cny || ' 元，到位 ' || f.received_cny || ' 元，支出 ' || f.spent_cny || ' 元' AS found,
  f.row_id
FROM core.funding AS f
WHERE f.received_cny > f.issued_cny OR f.spent_cny > f.received_cny
ORDER BY ALL
