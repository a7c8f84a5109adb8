-- What changed in each metric between two states of the warehouse, unit by unit and in three steps; the changes add up to the difference exactly.
-- grain: metric_id, unit, step
-- $before, $primed, $now: relations like mart.contribution. `primed` is the earlier data under today's rules and code. differing: heaps of keys that
-- are not the same in all of them; all else can change only between the days of reading, $v_before and $v_now. $metrics NULL for all of them.
-- A unit is a key, of a metric in $distinct an entity, which counts once. $rules_term: what the first step is called, of those in $redefined 口径变更.
-- A key may change its zone and not its number: $zone and $department, NULL for all, decide what a row adds, never whether its key is known.
WITH contributions AS ( -- where both are one relation it is read once, for both
  SELECT unnest(CASE WHEN $before = $primed THEN ['before', 'primed'] ELSE ['before'] END) AS state, true AS is_whole, c.metric_id, c.key, c.entity_kind,
    c.entity_id, c.org_id, c.counts_from, c.counts_until, c.value, c.zone_id, c.department_id
  FROM query_table($before) AS c
  WHERE (hash(c.key) & 262143 IN (SELECT d.heap FROM differing AS d) OR list_contains($distinct, c.metric_id))
    AND ($metrics IS NULL OR list_contains($metrics, c.metric_id))
  UNION ALL
  SELECT 'primed' AS state, true AS is_whole, c.metric_id, c.key, c.entity_kind, c.entity_id, c.org_id, c.counts_from, c.counts_until, c.value, c.zone_id,
    c.department_id
  FROM query_table($primed) AS c
  WHERE $before <> $primed
    AND (hash(c.key) & 262143 IN (SELECT d.heap FROM differing AS d) OR list_contains($distinct, c.metric_id))
    AND ($metrics IS NULL OR list_contains($metrics, c.metric_id))
  UNION ALL
  SELECT 'now' AS state, d.heap IS NOT NULL OR list_contains($distinct, c.metric_id) AS is_whole, c.metric_id, c.key, c.entity_kind, c.entity_id, c.org_id,
    c.counts_from, c.counts_until, c.value, c.zone_id, c.department_id
  FROM query_table($now) AS c
  LEFT JOIN differing AS d ON d.heap = hash(c.key) & 262143
  WHERE (d.heap IS NOT NULL OR list_contains($distinct, c.metric_id)
      OR (c.counts_from <= $v_before AND (c.counts_until IS NULL OR c.counts_until > $v_before))
        <> (c.counts_from <= $v_now AND (c.counts_until IS NULL OR c.counts_until > $v_now)))
    AND ($metrics IS NULL OR list_contains($metrics, c.metric_id))
),
narrowed AS (
  SELECT c.state, c.is_whole, c.metric_id, c.entity_kind, c.entity_id, c.org_id, c.counts_from,
    list_contains($distinct, c.metric_id) AS is_distinct,
    CASE WHEN list_contains($distinct, c.metric_id) THEN c.entity_id ELSE c.key END AS unit,
    CASE WHEN ($zone IS NULL OR c.zone_id = $zone) AND ($department IS NULL OR c.department_id IS NOT DISTINCT FROM $department)
      THEN CASE WHEN list_contains($distinct, c.metric_id) THEN 1 ELSE c.value END ELSE 0 END AS value,
    c.counts_from <= $v_before AND (c.counts_until IS NULL OR c.counts_until > $v_before) AS is_alive_before,
    c.counts_from <= $v_now AND (c.counts_until IS NULL OR c.counts_until > $v_now) AS is_alive_now
  FROM contributions AS c
),
read_four_times AS ( -- of a distinct metric the largest value, 1, in place of the sum
  SELECT n.metric_id, n.unit,
    bool_or(n.is_whole) AS is_whole,
    bool_or(n.state = 'primed') AS was_known,
    bool_or(n.state = 'now') AS is_known,
    CASE WHEN any_value(n.is_distinct) THEN max(n.value) FILTER (n.state = 'before' AND n.is_alive_before)
      ELSE sum(n.value) FILTER (n.state = 'before' AND n.is_alive_before) END AS before_value,
    CASE WHEN any_value(n.is_distinct) THEN max(n.value) FILTER (n.state = 'primed' AND n.is_alive_before)
      ELSE sum(n.value) FILTER (n.state = 'primed' AND n.is_alive_before) END AS primed_value,
    CASE WHEN any_value(n.is_distinct) THEN max(n.value) FILTER (n.state = 'now' AND n.is_alive_before)
      ELSE sum(n.value) FILTER (n.state = 'now' AND n.is_alive_before) END AS told_value,
    CASE WHEN any_value(n.is_distinct) THEN max(n.value) FILTER (n.state = 'now' AND n.is_alive_now)
      ELSE sum(n.value) FILTER (n.state = 'now' AND n.is_alive_now) END AS now_value,
    max(n.counts_from) FILTER (n.state = 'primed' AND n.is_alive_before) AS primed_from,
    max(n.counts_from) FILTER (n.state = 'now' AND n.is_alive_before) AS told_from,
    any_value(n.entity_kind) AS entity_kind,
    any_value(n.entity_id) AS entity_id,
    any_value(n.org_id) AS org_id
  FROM narrowed AS n
  GROUP BY n.metric_id, n.unit
),
later_spells AS ( -- the old spell stands, and a later one came
  SELECT DISTINCT r.metric_id, r.unit
  FROM read_four_times AS r
  JOIN narrowed AS n ON n.metric_id = r.metric_id AND n.unit = r.unit AND n.counts_from = r.primed_from
  WHERE n.state = 'now' AND r.primed_from <> r.told_from
),
changed AS (
  SELECT r.*, 1 AS step, CASE WHEN list_contains($redefined, r.metric_id) THEN '口径变更' ELSE $rules_term END AS term,
    coalesce(r.primed_value, 0) - coalesce(r.before_value, 0) AS change
  FROM read_four_times AS r
  WHERE r.is_whole
  UNION ALL
  SELECT r.*, 2 AS step,
    CASE
      WHEN NOT r.was_known THEN '迟报补录'
      WHEN l.unit IS NOT NULL THEN '迟报补录'
      WHEN NOT r.is_known THEN '更正撤销'
      ELSE '更正修订'
    END AS term,
    coalesce(r.told_value, 0) - coalesce(r.primed_value, 0) AS change
  FROM read_four_times AS r
  LEFT JOIN later_spells AS l ON l.metric_id = r.metric_id AND l.unit = r.unit
  WHERE r.is_whole
  UNION ALL
  SELECT r.*, 3 AS step,
    CASE WHEN coalesce(r.now_value, 0) > coalesce(r.told_value, 0) THEN '真实新增' ELSE '真实减少' END AS term,
    coalesce(r.now_value, 0) - coalesce(r.told_value, 0) AS change
  FROM read_four_times AS r
)
SELECT c.metric_id, c.unit, c.step, c.term, c.change, c.entity_kind, c.entity_id, c.org_id
FROM changed AS c
WHERE c.change <> 0
