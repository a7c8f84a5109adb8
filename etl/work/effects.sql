-- What alive rows come to in two states, and how many differ: per metric in the whole park (zone_id NULL), and per metric and zone.
-- grain: metric_id, zone_id
-- $v_before, $v_after: the day of each state. A row is told by its key: in another zone it has gone there and come here.
WITH alive AS (
  SELECT 'before' AS state, c.metric_id, c.key, c.zone_id, c.entity_id, c.value
  FROM before.mart.contribution AS c
  WHERE c.counts_from <= $v_before AND (c.counts_until IS NULL OR c.counts_until > $v_before)
  UNION ALL
  SELECT 'after' AS state, c.metric_id, c.key, c.zone_id, c.entity_id, c.value
  FROM after.mart.contribution AS c
  WHERE c.counts_from <= $v_after AND (c.counts_until IS NULL OR c.counts_until > $v_after)
),
placed AS (
  SELECT a.*, NULL AS zone FROM alive AS a
  UNION ALL
  SELECT a.*, a.zone_id AS zone FROM alive AS a
),
told AS (
  SELECT
    p.metric_id, p.zone, p.key,
    any_value(p.value) FILTER (p.state = 'before') AS was,
    any_value(p.value) FILTER (p.state = 'after') AS now
  FROM placed AS p
  GROUP BY p.metric_id, p.zone, p.key
),
rows AS (
  SELECT
    t.metric_id, t.zone,
    count(*) FILTER (t.was IS NULL) AS come,
    count(*) FILTER (t.now IS NULL) AS gone,
    count(*) FILTER (t.was <> t.now) AS changed
  FROM told AS t
  GROUP BY t.metric_id, t.zone
),
sums AS (
  SELECT
    p.metric_id, p.zone,
    sum(p.value) FILTER (p.state = 'before') AS sum_before,
    sum(p.value) FILTER (p.state = 'after') AS sum_after,
    count(DISTINCT p.entity_id) FILTER (p.state = 'before') AS entities_before,
    count(DISTINCT p.entity_id) FILTER (p.state = 'after') AS entities_after
  FROM placed AS p
  GROUP BY p.metric_id, p.zone
)
SELECT s.metric_id, s.zone, s.sum_before, s.sum_after, s.entities_before, s.entities_after, r.come, r.gone, r.changed
FROM sums AS s
JOIN rows AS r ON r.metric_id = s.metric_id AND r.zone IS NOT DISTINCT FROM s.zone
