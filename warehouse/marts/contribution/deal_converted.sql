-- 已转股本金：转股之日的先投余额，按构成它的流水列出。
-- grain: key, counts_from
SELECT
  e.* EXCLUDE (amount_cny, balance_cny, converted_on, is_after, is_recycled)
    REPLACE (e.converted_on AS occurred_on, 'D' AS occurred_precision, greatest(e.counts_from, e.converted_on) AS counts_from),
  e.balance_cny AS value
FROM core.invest_first_entry AS e
WHERE e.balance_cny <> 0 AND NOT e.is_after AND e.converted_on IS NOT NULL
  AND (e.counts_until IS NULL OR e.counts_until > e.converted_on)
