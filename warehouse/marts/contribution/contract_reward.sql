-- 经理人的奖励：合同所填，几名经理人平分，按合同类型。
-- grain: key, counts_from
SELECT
  concat_ws('|', c.department_id, c.sender, c.contract_no, c.manager_id) AS key, -- 自然键：合同与经理人
  'manager' AS entity_kind,           -- 对象种类：人，只到组
  c.manager_id AS entity_id,          -- 经理人编号
  c.signed_on AS occurred_on,         -- 签订日期
  c.signed_precision AS occurred_precision, -- 日期精度
  c.signed_on AS counts_from,
  c.reward_cny AS value,
  'na' AS zone_id,
  c.department_id,
  c.sender AS reported_by,
  c.contract_kind AS category,        -- 合同类型
  false AS is_pending,
  c.known_at,
  c.row_id
FROM core.manager_credit AS c
WHERE c.reward_cny <> 0
