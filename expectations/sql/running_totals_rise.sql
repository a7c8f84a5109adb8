-- 同一企业、成果、口径，年内累计产值逐期不减；减少的多为更正，请核对。
-- checked: raw.output_values WHERE span = 'year_to_date'
-- by: row_id
WITH latest_only AS (
  SELECT v.*
  FROM raw.output_values AS v
  JOIN raw.file AS f USING (file_id)
  WHERE v.span = 'year_to_date'
  QUALIFY row_number() OVER (PARTITION BY v.org_id, v.outcome_id, v.calibre, v.period_to ORDER BY f.as_of DESC, v.row_id DESC) = 1
),
followed AS (
  SELECT l.*,
    lag(l.amount_cny) OVER (PARTITION BY l.org_id, l.outcome_id, l.calibre, l.is_tax_included, year(l.period_to) ORDER BY l.period_to)
      AS before_cny
  FROM latest_only AS l
)
SELECT
  f.org_id,
  strftime(f.period_to, '%Y-%m') AS month,
  '比上期少 ' || (f.before_cny - f.amount_cny) || ' 元' AS found,
  f.row_id
FROM followed AS f
WHERE f.amount_cny < f.before_cny
ORDER BY f.org_id, f.period_to, f.outcome_id, f.calibre
