-- The calls and distributions of $funds up to $v, by fund and day (`is_daily`) or month, or where those are more than $most, by year.
WITH marks AS MATERIALIZED (
  SELECT
    d.fund_id,
    CASE WHEN $is_daily THEN d.on_day ELSE date_trunc('month', d.on_day)::DATE END AS on_day,
    sum(greatest(d.called_cny, 0)) AS called_cny,
    sum(greatest(d.distributed_cny, 0)) AS paid_cny
  FROM mart.fund_day AS d
  WHERE d.on_day <= $v AND d.fund_id IN (SELECT unnest($funds::VARCHAR[])) AND (d.called_cny > 0 OR d.distributed_cny > 0)
  GROUP BY ALL
)
SELECT
  m.fund_id,
  CASE WHEN w.is_many THEN date_trunc('year', m.on_day)::DATE ELSE m.on_day END AS on_day,
  sum(m.called_cny) AS called_cny,
  sum(m.paid_cny) AS paid_cny,
  any_value(w.is_many) AS is_many
FROM marks AS m
CROSS JOIN (SELECT count(*) > $most AS is_many FROM marks) AS w
GROUP BY m.fund_id, CASE WHEN w.is_many THEN date_trunc('year', m.on_day)::DATE ELSE m.on_day END
ORDER BY m.fund_id, on_day
