-- 各报表引用的统一社会信用代码都在主体库；不在的照常接收，标“待登记”。
-- checked: core.org_reference
-- by: row_id
SELECT
  r.org_id,
  string_agg(DISTINCT r.told_as, '、' ORDER BY r.told_as) AS found,
  min(r.row_id) AS row_id
FROM core.org_reference AS r
JOIN raw.file AS f ON f.file_id = r.row_id >> 36
WHERE r.is_to_be_registered
GROUP BY r.org_id, f.feed, f.department_id, f.sender
ORDER BY ALL
