-- The calls and distributions of $funds up to $v, by fund and day, month or year ($unit); no more than $most of them.
SELECT
  d.fund_id,
  date_trunc($unit, d.on_day)::DATE AS on_day,
  sum(greatest(d.called_cny, 0)) AS called_cny,
  sum(greatest(d.distributed_cny, 0)) AS paid_cny
FROM mart.fund_day AS d
WHERE d.on_day <= $v AND d.fund_id IN (SELECT unnest($funds::VARCHAR[])) AND (d.called_cny > 0 OR d.distributed_cny > 0)
GROUP BY d.fund_id, date_trunc($unit, d.on_day)::DATE
LIMIT $most
