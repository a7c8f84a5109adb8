-- Landed root projects by the number of their landed outcomes at V.
WITH landed AS (
  SELECT coalesce(p.root_project_id, o.project_id) AS root_project_id, count(*) AS outcomes
  FROM core.outcome_landing AS g
  JOIN core.outcome AS o ON o.outcome_id = g.key
  LEFT JOIN core.project AS p ON p.project_id = o.project_id
  WHERE g.occurred_on <= $v
  GROUP BY ALL
),
entered AS (
  SELECT DISTINCT e.root_project_id
  FROM core.stage_event AS e
  WHERE e.is_counted AND e.event_type IN ('enter', 'reenter') AND e.stage_id IN ('landed', 'industrial') AND e.occurred_on <= $v
)
SELECT
  coalesce(l.outcomes, 0) AS outcomes,
  count(*) AS projects
FROM landed AS l
FULL JOIN entered AS e ON e.root_project_id = l.root_project_id
GROUP BY ALL
ORDER BY ALL
