-- The scores of the newest appraisal that ended by $v: per unit the weighted score of what was appraised, as a share of the weights.
WITH latest AS (
  SELECT max(a.period_to) AS period_to
  FROM core.appraisal AS a
  WHERE a.period_to <= $v
)
SELECT
  a.period_from,
  a.period_to,
  coalesce(CASE WHEN $language = 'en' THEN d.name_en END, d.name_zh, a.unit_name) AS unit,
  a.responsible_department_id,
  count(*) AS indicators,
  sum(a.weight) AS weight,
  sum(a.score) AS score,
  count(*) FILTER (a.has_appealed) AS appeals
FROM core.appraisal AS a
JOIN latest AS l USING (period_to)
LEFT JOIN ref.department AS d ON d.department_id = a.responsible_department_id
GROUP BY ALL
ORDER BY a.responsible_department_id, unit
