-- 先投余额：投入减已转股本金、已收回与已核销；自转股之日起转出。
-- grain: key, counts_from
SELECT
  e.* EXCLUDE (amount_cny, balance_cny, converted_on, is_after, is_recycled)
    REPLACE (CASE WHEN e.is_after THEN e.counts_until ELSE least(e.counts_until, e.converted_on) END AS counts_until),
  e.balance_cny AS value
FROM core.invest_first_entry AS e
WHERE e.balance_cny <> 0 AND (e.is_after OR e.converted_on IS NULL OR e.counts_from < e.converted_on)
