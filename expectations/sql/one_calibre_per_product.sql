-- 同一企业、同一成果、同一月份只按一种产值口径计，报了两种的会重复计入。
-- checked: (SELECT min(o.row_id) AS row_id FROM core.output_month AS o GROUP BY o.org_id, o.outcome_id, o.period_to)
-- by: row_id
SELECT o.org_id, o.outcome_id, o.period_to, string_agg(DISTINCT o.calibre, '、' ORDER BY o.calibre) AS found, min(o.row_id) AS row_id
FROM core.output_month AS o
GROUP BY o.org_id, o.outcome_id, o.period_to
HAVING count(DISTINCT o.calibre) > 1
ORDER BY o.org_id, o.outcome_id, o.period_to
