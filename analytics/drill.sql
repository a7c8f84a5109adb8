-- The rows of $metrics that count at $v, each with the names of what it stands for in $language; $zone NULL for all, by happening from $since until
-- $until, of the firms of a group, a direction, a stage, a category. Of a ratio $metrics are its numerator and denominator, and $base is the latter.
-- All are counted and added up; names and further lines are looked up for the $most that are shown.
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
  coalesce(CASE WHEN $language = 'en' THEN m.name_en END, m.name_zh) AS metric,
  m.unit,
  c.entity_kind,
  c.entity_id,
  coalesce(CASE WHEN $language = 'en' THEN n.name_en END, n.name_zh,
    fd.fund_name, fg.item_name,
    CASE WHEN c.entity_kind IN ('loan', 'deal', 'position', 'policy', 'lease', 'pool_entry', 'agreement', 'surplus_equity') THEN g.org_name END) AS name,
  coalesce(g.org_name, p.lead_org_name) AS org_name,
  c.occurred_on,
  c.occurred_precision,
  c.value,
  coalesce(CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh) AS zone_name,
  coalesce(CASE WHEN $language = 'en' THEN st.name_en END, st.name_zh) AS stage_name,
  c.is_pending,
  c.row_id,
  coalesce(x.row_ids, []) AS further_row_ids,
  w.rows,
  w.total,
  w.base_total
FROM shown AS c
CROSS JOIN whole AS w
LEFT JOIN further AS x USING (metric_id, key, counts_from)
JOIN ref.metric AS m ON m.metric_id = c.metric_id
LEFT JOIN core.entity_name AS n ON n.entity_kind = c.entity_kind AND n.entity_id = c.entity_id
LEFT JOIN core.project AS p ON c.entity_kind = 'project' AND p.project_id = c.entity_id
LEFT JOIN core.organization AS g ON g.org_id = c.org_id
LEFT JOIN ref.zone AS z ON z.zone_id = c.zone_id
LEFT JOIN ref.stage AS st ON st.stage_id = c.stage_id
LEFT JOIN core.fund AS fd ON c.entity_kind = 'fund' AND fd.fund_id = c.entity_id
LEFT JOIN (SELECT i.item_id, any_value(i.item_name) AS item_name FROM core.funding AS i GROUP BY i.item_id) AS fg
  ON c.entity_kind = 'funding' AND fg.item_id = c.entity_id
ORDER BY list_position($metrics, c.metric_id), c.occurred_on DESC, c.key, c.counts_from DESC
