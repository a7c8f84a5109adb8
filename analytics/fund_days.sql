-- By day up to $v of each of $funds (its place in that list): what its investors got less what they paid, and what its investments brought less what they cost.
SELECT list_position($funds, d.fund_id) - 1 AS place, d.on_day - DATE '1970-01-01' AS day, d.net_cny, d.gross_cny
FROM mart.fund_net_day AS d
WHERE d.on_day <= $v AND list_contains($funds, d.fund_id)
