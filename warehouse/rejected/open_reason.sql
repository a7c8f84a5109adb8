-- 待改正的退回原因：每个待改正的行每个原因一行，各归一个质量维度。
-- grain: row_id, heading, reason
-- 准确性须在规范性之前判：日期“在将来”的写法是对的，日子不对。
SELECT DISTINCT
  o.row_id,
  a.heading,
  a.value,
  a.reason,
  CASE
    WHEN contains(a.reason, '：必填') THEN '完整性'
    WHEN contains(a.reason, '相同而内容不同') THEN '一致性'
    WHEN regexp_matches(a.reason, '，不应(早于|大于)|之和应为 1|：在将来') THEN '准确性'
    ELSE '规范性'
  END AS dimension                    -- 质量维度，GB/T 36344 六项之一
FROM rejected.open_row AS o
JOIN rejected.reason AS a USING (row_id)
