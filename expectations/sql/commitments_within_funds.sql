-- 各出资人认缴之和不超过基金的认缴规模，实缴不超过认缴。
-- checked: core.fund
-- by: row_id
SELECT
  f.fund_id,
  '认缴规模 ' || f.committed_cny || ' 元，出资人认缴 ' || sum(c.committed_cny) || ' 元、实缴 ' || sum(c.paid_in_cny) || ' 元' AS found,
  f.row_id
FROM core.fund AS f
JOIN core.fund_commitment AS c ON c.fund_id = f.fund_id
GROUP BY f.fund_id, f.committed_cny, f.row_id
HAVING sum(c.committed_cny) > f.committed_cny OR bool_or(c.paid_in_cny > c.committed_cny)
ORDER BY f.fund_id
