-- 行业代码的写法符合 GB/T 4754：门类字母（可省），后接二至四位数字。
-- checked: core.organization WHERE industry_code IS NOT NULL
-- by: row_id
SELECT
  o.org_id,
  o.industry_code AS found,
  o.row_id
FROM core.organization AS o
WHERE o.industry_code IS NOT NULL AND NOT regexp_full_match(o.industry_code, '[A-T]|[A-T]?[0-9][0-9][0-9]?[0-9]?')
ORDER BY o.org_id
