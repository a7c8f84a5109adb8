-- Every metric's value on $on in the relation $state, of one zone and department or of all (NULL); what counts nothing has no row.
-- grain: metric_id
-- A metric in $distinct counts the entities that are alive, every other one adds its rows up.
WITH alive AS NOT MATERIALIZED (
  SELECT c.metric_id, c.entity_id, c.value
  FROM query_table($state) AS c
  WHERE c.counts_from <= $on AND (c.counts_until IS NULL OR c.counts_until > $on)
    AND ($zone IS NULL OR c.zone_id = $zone) AND ($department IS NULL OR c.department_id IS NOT DISTINCT FROM $department)
)
SELECT a.metric_id, sum(a.value) AS value
FROM alive AS a
WHERE NOT list_contains($distinct, a.metric_id)
GROUP BY a.metric_id
UNION ALL
SELECT a.metric_id, count(DISTINCT a.entity_id)::DECIMAL(38, 6) AS value
FROM alive AS a
WHERE list_contains($distinct, a.metric_id)
GROUP BY a.metric_id
