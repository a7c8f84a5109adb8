-- 银行自担的贷款余额：不计入政府敞口。
-- grain: key, counts_from
SELECT e.* EXCLUDE (layer)
FROM core.exposure AS e
WHERE e.layer = 'bank'
