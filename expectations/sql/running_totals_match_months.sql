-- 各月都报了的，年内累计产值等于各月之和；每期容许 1000 元的进位差。
-- checked: raw.output_values WHERE span = 'year_to_date'
-- by: row_id
WITH latest_only AS (
  SELECT v.*, coalesce(v.is_tax_included, false) AS with_tax
  FROM raw.output_values AS v
  JOIN raw.file AS f USING (file_id)
  WHERE v.span IN ('month', 'year_to_date')
  QUALIFY row_number() OVER (
    PARTITION BY v.org_id, v.outcome_id, v.calibre, v.span, v.period_from, v.period_to ORDER BY f.as_of DESC, v.row_id DESC) = 1
),
added AS (
  SELECT t.org_id, t.outcome_id, t.calibre, t.period_to, t.amount_cny, t.row_id, sum(m.amount_cny) AS months_cny, count(*) AS reports
  FROM latest_only AS t
  JOIN latest_only AS m ON m.org_id = t.org_id AND m.outcome_id IS NOT DISTINCT FROM t.outcome_id AND m.calibre = t.calibre
    AND m.with_tax = t.with_tax AND year(m.period_to) = year(t.period_to) AND m.period_to <= t.period_to
  WHERE t.span = 'year_to_date' AND m.span = 'month'
  GROUP BY ALL
  HAVING sum(month(m.period_to) - month(m.period_from) + 1) = month(t.period_to)
)
SELECT
  a.org_id,
  strftime(a.period_to, '%Y-%m') AS month,
  '累计 ' || a.amount_cny || ' 元，各月之和 ' || a.months_cny || ' 元' AS found,
  a.row_id
FROM added AS a
WHERE abs(a.amount_cny - a.months_cny) > 1000 * a.reports
ORDER BY a.org_id, a.period_to, a.outcome_id, a.calibre
