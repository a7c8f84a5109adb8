-- 先投收回：退出回款与退回，一笔一行。
-- grain: key, counts_from
SELECT
  e.* EXCLUDE (amount_cny, balance_cny, converted_on, is_after, is_recycled),
  e.amount_cny AS value
FROM core.invest_first_entry AS e
WHERE e.category IN ('exit', 'returned')
