-- 横向结余经费入股：入股金额，一笔一行，自批准日起计；分类为权属是否清晰。
-- grain: key, counts_from
SELECT
  concat_ws('|', s.department_id, nullif(s.sender, ''), s.investment_id) AS key,
  'surplus_equity' AS entity_kind,
  s.investment_id AS entity_id,
  s.approved_on AS occurred_on,
  coalesce(s.approved_precision, 'D') AS occurred_precision,
  s.approved_on AS counts_from,
  s.equity_cny AS value,
  'na' AS zone_id,
  s.department_id,
  nullif(s.sender, '') AS reported_by,
  s.firm_org_id AS org_id,
  CASE WHEN s.is_title_clear THEN 'clear' ELSE 'unclear' END AS category,
  NOT s.is_title_evidenced AS is_pending,
  s.known_at,
  s.row_id,
  s.source_row_ids
FROM core.surplus_equity AS s
