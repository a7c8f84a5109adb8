-- The calls and distributions of $funds up to $v, by fund and day.
SELECT d.fund_id, d.on_day, d.called_cny, d.distributed_cny
FROM mart.fund_day AS d
WHERE d.on_day <= $v AND list_contains($funds, d.fund_id) AND (d.called_cny > 0 OR d.distributed_cny > 0)
ORDER BY d.fund_id, d.on_day
