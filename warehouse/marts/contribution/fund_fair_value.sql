-- 在投公允价值：最近一次估值，到下一次估值为止；尚未估值的按成本。
-- grain: key, counts_from
SELECT
  w.*,
  false AS is_pending
FROM core.fund_worth AS w
