-- By fund and month up to $v of $funds: of whole months what is kept, and of the month in which $v lies what its days have told by then.
SELECT m.fund_id, m.ends_on, m.called_cny, m.distributed_cny, m.worth_cny, m.moved_days
FROM mart.fund_month AS m
WHERE m.ends_on <= $v AND list_contains($funds, m.fund_id)
UNION ALL
SELECT
  d.fund_id,
  $v::DATE AS ends_on,
  sum(d.called_cny) AS called_cny,
  sum(d.distributed_cny) AS distributed_cny,
  sum(d.revalued_cny + d.called_cny - d.invested_cny - d.fees_cny + d.exited_cny - d.distributed_cny) AS worth_cny,
  count(*) FILTER (d.called_cny <> 0 OR d.distributed_cny <> 0) AS moved_days
FROM mart.fund_day AS d
WHERE d.on_day BETWEEN date_trunc('month', $v::DATE + 1) AND $v AND list_contains($funds, d.fund_id)
GROUP BY d.fund_id
