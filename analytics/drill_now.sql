-- The newest rows of $metric on the newest day, as drill.sql finds them among all, from what is kept of them; how many there are from what is kept of the counts.
WITH whole AS (
  SELECT sum(c.contributions) AS rows
  FROM mart.funnel_zone_now AS c
  WHERE c.metric_id = $metric AND true /* kept */
),
shown AS MATERIALIZED (
  SELECT c.*
  FROM mart.funnel_row_now AS c
  WHERE c.metric_id = $metric AND true /* kept */
  ORDER BY c.occurred_on DESC, c.key
  LIMIT $most
),
further AS (
  SELECT x.metric_id, x.key, x.counts_from, list(DISTINCT x.row_id) AS row_ids
  FROM mart.contribution_source AS x
  SEMI JOIN shown AS c USING (metric_id, key, counts_from)
  GROUP BY x.metric_id, x.key, x.counts_from
)
SELECT
  coalesce(CASE WHEN $language = 'en' THEN m.name_en END, m.name_zh) AS metric,
  m.unit,
  c.entity_kind,
  c.entity_id,
  coalesce(CASE WHEN $language = 'en' THEN c.name_en END, c.name_zh) AS name,
  c.org_name,
  c.occurred_on,
  c.occurred_precision,
  c.value,
  coalesce(CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh) AS zone_name,
  coalesce(CASE WHEN $language = 'en' THEN st.name_en END, st.name_zh) AS stage_name,
  c.is_pending,
  c.row_id,
  coalesce(x.row_ids, []) AS further_row_ids,
  w.rows,
  w.rows::DECIMAL(20, 6) AS total, -- each counts one
  NULL AS base_total
FROM shown AS c
CROSS JOIN whole AS w
LEFT JOIN further AS x USING (metric_id, key, counts_from)
JOIN ref.metric AS m ON m.metric_id = c.metric_id
LEFT JOIN ref.zone AS z ON z.zone_id = c.zone_id
LEFT JOIN ref.stage AS st ON st.stage_id = c.stage_id
ORDER BY c.occurred_on DESC, c.key
