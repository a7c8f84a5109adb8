-- 主体先成立，后入驻，再毕业或迁出；只知月份的，按最早可能的一天比较。
-- checked: core.organization
-- by: row_id
WITH told AS (
  SELECT o.org_id, o.org_name, o.row_id, r.founded_on, r.moved_in_on, r.graduated_on, r.moved_out_on,
    CASE r.founded_precision WHEN 'M' THEN date_trunc('month', r.founded_on) WHEN 'Q' THEN date_trunc('quarter', r.founded_on)
      WHEN 'H' THEN date_trunc('month', r.founded_on) - INTERVAL 5 MONTH WHEN 'Y' THEN date_trunc('year', r.founded_on) ELSE r.founded_on END AS founded_from,
    CASE r.moved_in_precision WHEN 'M' THEN date_trunc('month', r.moved_in_on) WHEN 'Q' THEN date_trunc('quarter', r.moved_in_on)
      WHEN 'H' THEN date_trunc('month', r.moved_in_on) - INTERVAL 5 MONTH WHEN 'Y' THEN date_trunc('year', r.moved_in_on) ELSE r.moved_in_on END AS moved_in_from
  FROM core.organization AS o
  JOIN raw.organizations AS r USING (row_id)
)
SELECT
  t.org_id,
  t.org_name AS found,
  t.row_id
FROM told AS t
WHERE t.founded_from > t.moved_in_on OR t.moved_in_from > t.graduated_on OR t.moved_in_from > t.moved_out_on
ORDER BY t.org_id
