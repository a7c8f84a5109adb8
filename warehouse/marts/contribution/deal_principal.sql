-- 先投本金：现金拨付、租金折算与其他投入，一笔一行。
-- grain: key, counts_from
SELECT
  e.* EXCLUDE (amount_cny, balance_cny, converted_on, is_after, is_recycled),
  e.amount_cny AS value
FROM core.invest_first_entry AS e
WHERE e.category IN ('cash', 'rent', 'other')
