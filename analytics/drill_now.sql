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
  c.metric_id,
  c.entity_kind,
  c.entity_id,
  c.org_id,
  c.occurred_on,
  c.occurred_precision,
  c.value,
  c.zone_id,
  c.stage_id,
  c.is_pending,
  c.row_id,
  coalesce(x.row_ids, []) AS further_row_ids,
  w.rows,
  w.rows::DECIMAL(20, 6) AS total, -- each counts one
  NULL AS base_total
FROM shown AS c
CROSS JOIN whole AS w
LEFT JOIN further AS x USING (metric_id, key, counts_from)
ORDER BY c.occurred_on DESC, c.key
