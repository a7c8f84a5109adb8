-- 经理人促成的技术合同：一份合同一名经理人一行，份数与金额按功劳平分。
-- grain: department_id, sender, contract_no, manager_id
-- 份数之和为 1，金额之和恰为合同所填：分到分的零头按累计取整，不丢不多。
WITH ordered AS (
  SELECT m.*, c.contract_kind, c.signed_on, c.signed_precision, c.turnover_cny, c.commission_cny, c.reward_cny, c.known_at, c.row_id AS contract_row_id,
    sum(m.weight) OVER (PARTITION BY m.department_id, m.sender, m.contract_no ORDER BY m.manager_id) AS upto
  FROM core.tech_contract_manager AS m
  JOIN core.tech_contract AS c ON c.department_id = m.department_id AND c.sender = m.sender AND c.contract_no = m.contract_no
)
SELECT
  o.department_id,                    -- 报送部门
  o.sender,                           -- 报送主体
  o.contract_no,                      -- 合同登记号
  o.manager_id,                       -- 经理人编号
  o.contract_kind,                    -- development 开发 / transfer 转让 / licence 许可 / consulting 咨询 / service 服务
  o.signed_on,                        -- 签订日期
  o.signed_precision,                 -- 日期精度
  o.weight,                           -- 分得的份数，一份合同之和为 1
  round(o.turnover_cny * o.upto, 2) - round(o.turnover_cny * (o.upto - o.weight), 2) AS turnover_cny, -- 分得的成交额（元）
  round(o.commission_cny * o.upto, 2) - round(o.commission_cny * (o.upto - o.weight), 2) AS commission_cny, -- 分得的佣金（元）
  round(o.reward_cny * o.upto, 2) - round(o.reward_cny * (o.upto - o.weight), 2) AS reward_cny, -- 分得的奖励（元）
  o.known_at,                         -- 何时得知
  o.contract_row_id AS row_id         -- 来源行
FROM ordered AS o
