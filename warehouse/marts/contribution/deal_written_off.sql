-- 先投核销：一笔一行。
-- grain: key, counts_from
SELECT
  e.* EXCLUDE (amount_cny, balance_cny, converted_on, is_after, is_recycled),
  e.amount_cny AS value
FROM core.invest_first_entry AS e
WHERE e.category = 'written_off'
