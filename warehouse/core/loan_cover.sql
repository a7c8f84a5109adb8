-- 贷款余额由谁承担，随时间：一份合同一段时间一行；银行、担保、补偿池三份之和等于余额。
-- grain: contract_id, valid_from
-- 余额计至合同金额为止，不低于零；未填分担比例的，由银行承担；担保机构的国有比例未定的，按参数 guarantor_state_share 计。
WITH counted AS (
  SELECT l.*, greatest(least(l.balance_cny, l.contract_cny), 0) AS counted_cny
  FROM core.loan_version AS l
),
guaranteed AS (
  SELECT c.*, least(round(c.counted_cny * CASE WHEN c.guarantor_org_id IS NULL THEN 0 ELSE greatest(coalesce(c.guarantor_share, 0), 0) END, 2), c.counted_cny)
    AS guarantor_cny
  FROM counted AS c
),
pooled AS (
  SELECT g.*, CASE WHEN g.is_in_pool THEN least(round(g.counted_cny * greatest(coalesce(g.pool_share, 0), 0), 2), g.counted_cny - g.guarantor_cny) ELSE 0 END
    AS pool_cny
  FROM guaranteed AS g
)
SELECT
  p.contract_id,                      -- 合同编号
  p.borrower_org_id,                  -- 企业代码
  p.lender_org_id,                    -- 金融机构代码
  p.guarantor_org_id,                 -- 担保机构代码
  p.product,                          -- 产品
  p.risk_grade,                       -- 五级分类
  coalesce(p.is_in_pool, false) AS is_in_pool, -- 是否入池
  coalesce(p.is_first_loan, false) AS is_first_loan, -- 是否首贷
  coalesce(p.disbursed_on, p.valid_from) AS disbursed_on, -- 放款日期
  p.disbursed_precision,              -- 放款日期精度
  p.due_on,                           -- 到期日期
  p.contract_cny,                     -- 合同金额（元）
  p.counted_cny::DECIMAL(20, 2) AS balance_cny, -- 余额（元）
  p.guarantor_cny::DECIMAL(20, 2) AS guarantor_cny, -- 担保机构承担（元）
  p.pool_cny::DECIMAL(20, 2) AS pool_cny, -- 补偿池承担（元）
  (p.counted_cny - p.guarantor_cny - p.pool_cny)::DECIMAL(20, 2) AS bank_cny, -- 银行承担（元）
  round(p.guarantor_cny * coalesce(g.state_share, s.value), 2)::DECIMAL(20, 2) AS state_guarantor_cny, -- 担保机构承担中属于国有的（元）
  p.valid_from,                       -- 自何日起（含）
  p.valid_until,                      -- 到何日止（不含），空为至今
  p.department_id,                    -- 报送部门
  p.sender,                           -- 报送主体
  p.known_at,                         -- 何时得知（UTC）
  p.row_id,                           -- 来源行
  p.source_row_ids                    -- 全部来源行
FROM pooled AS p
JOIN ref.setting AS s ON s.setting_id = 'guarantor_state_share'
LEFT JOIN ref.guarantor AS g ON g.org_id = p.guarantor_org_id
