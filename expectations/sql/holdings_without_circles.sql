-- 基金之间没有循环持有；循环的部分不能穿透，不计入敞口。
-- checked: core.look_through
-- by: row_id
SELECT
  l.path,
  '又由 ' || l.investor_name || ' 持有' AS found,
  l.row_id
FROM core.look_through AS l
WHERE l.is_circle AND l.valid_until IS NULL
ORDER BY l.path, l.investor_org_id
