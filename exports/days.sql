-- The days that begin the stretches in which an export reads its rows: about $at_once rows each; the other parameters as in rows.sql.
WITH a_day AS (
  SELECT c.occurred_on, count(*) AS row_count
  FROM mart.contribution AS c
  LEFT JOIN core.organization AS org ON org.org_id = c.org_id
  LEFT JOIN core.fund AS fd ON c.entity_kind = 'fund' AND fd.fund_id = c.entity_id
  WHERE list_contains($metrics, c.metric_id) AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
    AND ($zone IS NULL OR c.zone_id = $zone)
    AND ($org IS NULL OR coalesce(org.group_name, c.org_id, '') = $org)
    AND ($direction IS NULL OR coalesce(c.direction_id, '') = $direction) AND ($at_stage IS NULL OR coalesce(c.stage_id, '') = $at_stage)
    AND ($category IS NULL OR coalesce(c.category, '') = $category) AND ($entity IS NULL OR c.entity_id = $entity OR fd.fund_kind = $entity)
    AND true /* chosen c.entity_id */
    AND ($since IS NULL OR c.occurred_on >= $since) AND ($until IS NULL OR c.occurred_on < $until)
  GROUP BY c.occurred_on
),
numbered AS (
  SELECT a.occurred_on, ((sum(a.row_count) OVER (ORDER BY a.occurred_on) - a.row_count) // $at_once)::BIGINT AS stretch
  FROM a_day AS a
)
SELECT min(n.occurred_on) AS starts_on
FROM numbered AS n
GROUP BY n.stretch
ORDER BY starts_on
