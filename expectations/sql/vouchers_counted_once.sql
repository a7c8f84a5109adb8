-- 同一凭证的同一金额在先投后股流水中只记一次。
-- checked: core.invest_first_flow
-- by: row_id
SELECT
  f.flow_id,
  '凭证 ' || f.voucher_no || ' 的 ' || f.amount_cny || ' 元记了 ' || count(*) OVER w || ' 次' AS found,
  f.row_id
FROM core.invest_first_flow AS f
WINDOW w AS (PARTITION BY f.department_id, f.voucher_no, f.amount_cny)
QUALIFY count(*) OVER w > 1
ORDER BY f.flow_id
