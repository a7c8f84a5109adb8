-- The rows of $metrics that count at $v; $zone NULL for all, by happening from $since until $until, of the firms of a group, a direction, a stage, a
-- category. Of a ratio $metrics are its numerator and denominator, and $base is the latter. All are counted and added up; further lines are looked up for
-- the $most that are shown, and so are names, by `drill_names`.
WITH counted AS NOT MATERIALIZED ( -- scans of few columns cost less than one copy of all
  SELECT c.*
  FROM mart.contribution AS c
  WHERE list_contains($metrics, c.metric_id)
    AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
    AND ($zone IS NULL OR c.zone_id = $zone)
    AND true /* narrowed */
    AND true /* chosen c.entity_id */
    AND ($since::DATE IS NULL OR c.occurred_on >= $since) AND ($until::DATE IS NULL OR c.occurred_on <= $until)
),
whole AS (
  SELECT
    count(*) AS rows,
    sum(c.value) FILTER (WHERE c.metric_id IS DISTINCT FROM $base) AS total,
    sum(c.value) FILTER (WHERE c.metric_id = $base) AS base_total
  FROM counted AS c
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
