-- By fund up to $v: the most put into one investee, and what holdings that were left altogether have lost against their cost, gains on others not set off.
WITH held AS (
  SELECT f.entity_id AS fund_id, f.org_id,
    sum(f.amount_cny) FILTER (f.flow_kind = 'investment') AS cost_cny,
    coalesce(sum(f.amount_cny) FILTER (f.flow_kind = 'exit'), 0) AS proceeds_cny,
    max(f.occurred_on) FILTER (f.flow_kind = 'investment') AS bought_on,
    max(f.occurred_on) FILTER (f.flow_kind = 'exit' AND coalesce(f.holding_share, 0) = 0) AS left_on
  FROM core.fund_entry AS f
  WHERE f.flow_kind IN ('investment', 'exit') AND f.occurred_on <= $v AND f.org_id IS NOT NULL
  GROUP BY f.entity_id, f.org_id
)
SELECT
  h.fund_id,
  max(h.cost_cny) AS largest_cny,
  coalesce(sum(greatest(h.cost_cny - h.proceeds_cny, 0)) FILTER (h.left_on >= h.bought_on), 0) AS lost_cny
FROM held AS h
WHERE h.cost_cny > 0
GROUP BY h.fund_id
