-- By day up to $v of each of $funds (its place in that list): what its investors got less what they paid, and what its investments brought less what they cost.
SELECT
  f.place - 1 AS place,
  d.on_day - DATE '1970-01-01' AS day,
  (d.distributed_cny - d.called_cny)::DOUBLE AS net_cny,
  (d.exited_cny - d.invested_cny)::DOUBLE AS gross_cny
FROM mart.fund_day AS d
JOIN (SELECT unnest($funds::VARCHAR[]) AS fund_id, generate_subscripts($funds::VARCHAR[], 1) AS place) AS f ON f.fund_id = d.fund_id
WHERE d.on_day <= $v AND (d.called_cny <> d.distributed_cny OR d.invested_cny <> d.exited_cny)
