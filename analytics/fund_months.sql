-- By month up to $v of $funds together: what was called and paid out, and by how much the holdings and the cash that is left changed in worth.
SELECT
  least(last_day(d.on_day), $v::DATE) AS ends_on,
  sum(d.called_cny) AS called_cny,
  sum(d.distributed_cny) AS paid_cny,
  sum(d.revalued_cny + d.called_cny - d.invested_cny - d.fees_cny + d.exited_cny - d.distributed_cny) AS worth_cny,
  bool_or(d.called_cny <> 0) AS is_called,
  bool_or(d.distributed_cny <> 0) AS is_paid
FROM mart.fund_day AS d
WHERE d.on_day <= $v AND d.fund_id IN (SELECT unnest($funds::VARCHAR[]))
GROUP BY least(last_day(d.on_day), $v::DATE)
ORDER BY ends_on
