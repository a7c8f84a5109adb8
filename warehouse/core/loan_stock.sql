-- 贷款余额的计数行：一份合同一段时间一个空间一行，金额为元。
-- grain: contract_id, counts_from
SELECT
  l.contract_id,                      -- 合同编号
  l.borrower_org_id,                  -- 企业代码
  l.guarantor_org_id,                 -- 担保机构代码
  l.lender_org_id,                    -- 金融机构代码
  l.product,                          -- 产品
  l.risk_grade,                       -- 五级分类
  l.is_in_pool,                       -- 是否入池
  l.is_first_loan,                    -- 是否首贷
  coalesce(l.disbursed_on, l.valid_from) AS disbursed_on, -- 放款日期
  l.disbursed_precision,              -- 放款日期精度
  l.balance_cny,                      -- 余额（元）
  l.guarantor_cny,                    -- 担保机构承担（元）
  l.pool_cny,                         -- 补偿池承担（元）
  l.bank_cny,                         -- 银行承担（元）
  coalesce(o.zone_id, 'unplaced') AS zone_id, -- 企业主要场所所在空间
  greatest(l.valid_from, coalesce(o.valid_from, l.valid_from)) AS counts_from, -- 自何日起计（含）
  least(l.valid_until, o.valid_until) AS counts_until, -- 到何日止（不含），空为一直计
  l.department_id,                    -- 报送部门
  l.sender,                           -- 报送主体
  l.known_at,                         -- 何时得知（UTC）
  l.row_id,                           -- 来源行
  l.source_row_ids                    -- 全部来源行
FROM core.loan_cover AS l
LEFT JOIN core.organization_place AS o ON o.org_id = l.borrower_org_id
  AND (l.valid_until IS NULL OR o.valid_from < l.valid_until) AND (o.valid_until IS NULL OR o.valid_until > l.valid_from)
WHERE l.balance_cny > 0
