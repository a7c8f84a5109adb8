-- The newest $most of the rows of $metrics that are given as `counted`, with what is given as `whole`: how many there are in all and their sums. Further lines
-- are looked up for those that are shown, and so are names, by `drill_names`.
WITH counted AS NOT MATERIALIZED ( -- scans of few columns cost less than one copy of all
  /* counted */
),
whole AS (
  /* whole */
),
day_of_last AS ( -- found from the days alone, so that keys need to be read of few rows
  SELECT c.occurred_on
  FROM counted AS c
  ORDER BY c.occurred_on DESC
  LIMIT 1 OFFSET $most - 1
),
shown AS MATERIALIZED (
  SELECT c.*
  FROM counted AS c
  WHERE len($metrics) > 1 OR c.occurred_on >= coalesce((SELECT l.occurred_on FROM day_of_last AS l), DATE '0001-01-01')
  ORDER BY list_position($metrics, c.metric_id), c.occurred_on DESC, c.key, c.counts_from DESC
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
  w.total,
  w.base_total
FROM shown AS c
CROSS JOIN whole AS w
LEFT JOIN further AS x USING (metric_id, key, counts_from)
ORDER BY list_position($metrics, c.metric_id), c.occurred_on DESC, c.key, c.counts_from DESC
