-- By day up to $v of each of $funds (its place in that list): what its investors got less what they paid, and what its investments brought less what they cost.
SELECT f.place - 1 AS place, d.on_day - DATE '1970-01-01' AS day, d.net_cny, d.gross_cny
FROM mart.fund_net_day AS d
JOIN (SELECT unnest($funds::VARCHAR[]) AS fund_id, generate_subscripts($funds::VARCHAR[], 1) AS place) AS f ON f.fund_id = d.fund_id
WHERE d.on_day <= $v
