-- 各报表引用的统一社会信用代码都在主体库；不在的照常接收，标“待登记”。
-- checked: (SELECT DISTINCT org_id FROM core.org_reference)
SELECT
  r.org_id,
  string_agg(DISTINCT r.told_as, '、' ORDER BY r.told_as) AS told_as
FROM core.org_reference AS r
WHERE r.is_to_be_registered
GROUP BY r.org_id
ORDER BY r.org_id
