-- What changed in one metric between two states of the warehouse, key by key and in three steps; the changes add up to the difference exactly.
-- grain: key, term
-- $before, $primed, $now: relations like mart.contribution. `primed` is the earlier data under today's rules and code.
-- $v_before, $v_now: the days of reading. $zone NULL for all. $rules_term: what the first step is called.
-- A key may change its zone and not its number: the zone decides what a row adds, never whether its key is known.
WITH contributions AS (
  SELECT 'before' AS state, c.key, c.counts_from, c.counts_until, c.value, c.zone_id
  FROM query_table($before) AS c
  WHERE c.metric_id = $metric
  UNION ALL
  SELECT 'primed' AS state, c.key, c.counts_from, c.counts_until, c.value, c.zone_id
  FROM query_table($primed) AS c
  WHERE c.metric_id = $metric
  UNION ALL
  SELECT 'now' AS state, c.key, c.counts_from, c.counts_until, c.value, c.zone_id
  FROM query_table($now) AS c
  WHERE c.metric_id = $metric
),
readings AS (
  FROM (VALUES ('before', 'before', $v_before::DATE), ('primed', 'primed', $v_before::DATE),
    ('told', 'now', $v_before::DATE), ('now', 'now', $v_now::DATE)) AS r (reading, state, read_on)
),
alive AS (
  SELECT r.reading, c.key, c.counts_from, CASE WHEN $zone IS NULL OR c.zone_id = $zone THEN c.value ELSE 0 END AS value
  FROM contributions AS c
  JOIN readings AS r ON r.state = c.state AND c.counts_from <= r.read_on
    AND (c.counts_until IS NULL OR c.counts_until > r.read_on)
),
read_four_times AS (
  SELECT a.key,
    coalesce(sum(a.value) FILTER (a.reading = 'before'), 0) AS before_value,
    coalesce(sum(a.value) FILTER (a.reading = 'primed'), 0) AS primed_value,
    coalesce(sum(a.value) FILTER (a.reading = 'told'), 0) AS told_value,
    coalesce(sum(a.value) FILTER (a.reading = 'now'), 0) AS now_value,
    max(a.counts_from) FILTER (a.reading = 'primed') AS primed_from,
    max(a.counts_from) FILTER (a.reading = 'told') AS told_from
  FROM alive AS a
  GROUP BY a.key
),
known AS (
  SELECT c.key,
    bool_or(c.state = 'primed') AS was_known,
    bool_or(c.state = 'now') AS is_known,
    list(c.counts_from) FILTER (c.state = 'now') AS begins_now
  FROM contributions AS c
  GROUP BY c.key
),
changed AS (
  SELECT r.key, 1 AS step, $rules_term AS term, r.primed_value - r.before_value AS change
  FROM read_four_times AS r
  UNION ALL
  SELECT r.key, 2 AS step,
    CASE
      WHEN NOT k.was_known THEN '迟报补录'
      WHEN r.primed_from <> r.told_from AND list_contains(k.begins_now, r.primed_from) THEN '迟报补录' -- the old spell stands, a later one came
      WHEN NOT k.is_known THEN '更正撤销'
      ELSE '更正修订'
    END AS term,
    r.told_value - r.primed_value AS change
  FROM read_four_times AS r
  JOIN known AS k USING (key)
  UNION ALL
  SELECT r.key, 3 AS step, CASE WHEN r.now_value > r.told_value THEN '真实新增' ELSE '真实减少' END AS term,
    r.now_value - r.told_value AS change
  FROM read_four_times AS r
)
SELECT c.key, c.term, c.change
FROM changed AS c
WHERE c.change <> 0
ORDER BY c.step, c.term, c.key
