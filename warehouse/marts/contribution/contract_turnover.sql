-- 技术合同成交额：登记而未作废的合同所填的成交额，以签订日期计，按类型。
-- grain: key, counts_from
SELECT
  concat_ws('|', c.department_id, c.sender, c.contract_no) AS key, -- 自然键：报送主体与合同登记号
  'tech_contract' AS entity_kind,     -- 对象种类
  c.contract_no AS entity_id,         -- 合同登记号
  c.signed_on AS occurred_on,         -- 签订日期
  c.signed_precision AS occurred_precision, -- 日期精度
  c.signed_on AS counts_from,
  c.turnover_cny AS value,            -- 成交额（元）
  'na' AS zone_id,
  c.department_id,
  c.sender AS reported_by,
  c.contract_kind AS category,        -- 类型
  false AS is_pending,
  c.known_at,
  c.row_id
FROM core.tech_contract AS c
