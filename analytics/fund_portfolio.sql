-- Investments up to $v by fund and stage at the investment date, with what the tests of 早 长 硬 say of each; NULL where the reports do not tell.
WITH patented AS (
  SELECT DISTINCT p.root_project_id
  FROM core.outcome AS o
  JOIN core.project AS p ON p.project_id = o.project_id
  WHERE o.right_kind = 'patent' AND NOT o.is_void
)
SELECT
  f.entity_id AS fund_id,
  f.stage_id,
  f.is_first_institutional OR s.stage_order <= (SELECT x.stage_order FROM ref.stage AS x WHERE x.stage_id = 'pilot') AS is_early,
  f.holding_years >= 5 AS is_long,
  CASE WHEN p.project_id IS NOT NULL THEN p.direction_id IS NOT NULL AND a.root_project_id IS NOT NULL END AS is_hard,
  sum(f.amount_cny) AS amount_cny,
  count(*) AS deals
FROM core.fund_entry AS f
LEFT JOIN ref.stage AS s ON s.stage_id = f.stage_id
LEFT JOIN core.project AS p ON p.project_id = f.root_project_id
LEFT JOIN patented AS a ON a.root_project_id = f.root_project_id
WHERE f.flow_kind = 'investment' AND f.occurred_on <= $v
GROUP BY ALL
ORDER BY ALL
