-- 成果先签约后落地；只知月份的，按最早可能的一天比较。
-- checked: core.outcome WHERE NOT is_void AND signed_on IS NOT NULL AND landed_on IS NOT NULL
-- by: row_id
SELECT
  o.outcome_id,
  '签约 ' || o.signed_on || ' 晚于落地 ' || o.landed_on AS found,
  o.row_id
FROM core.outcome AS o
WHERE NOT o.is_void AND o.landed_on < CASE o.signed_precision
  WHEN 'M' THEN date_trunc('month', o.signed_on)
  WHEN 'Q' THEN date_trunc('quarter', o.signed_on)
  WHEN 'H' THEN date_trunc('month', o.signed_on) - INTERVAL 5 MONTH
  WHEN 'Y' THEN date_trunc('year', o.signed_on)
  ELSE o.signed_on END
ORDER BY o.outcome_id
