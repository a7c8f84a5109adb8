-- 各报表引用的主体：一行一个角色引用一次，不在主体库的为待登记。
-- grain: told_as, row_id
-- 成果的实施单位另有检查（implementers_known）；项目的承担单位可以只有名称。
WITH told AS (
  SELECT '基金台账 · 管理人' AS told_as, t.manager_org_id AS org_id, t.department_id, t.row_id FROM core.fund AS t
  UNION ALL
  SELECT '基金出资 · 出资人' AS told_as, t.investor_org_id AS org_id, t.department_id, t.row_id FROM core.fund_commitment AS t
  UNION ALL
  SELECT '基金流水 · 对方' AS told_as, t.counterparty_org_id AS org_id, t.department_id, t.row_id FROM core.fund_cashflow AS t
  UNION ALL
  SELECT '基金估值 · 被投单位' AS told_as, t.investee_org_id AS org_id, t.department_id, t.row_id FROM core.fund_valuation AS t
  UNION ALL
  SELECT '先投后股台账 · 企业' AS told_as, t.org_id AS org_id, t.department_id, t.row_id FROM core.invest_first_deal AS t
  UNION ALL
  SELECT '先投后股台账 · 代持单位' AS told_as, t.holder_org_id AS org_id, t.department_id, t.row_id FROM core.invest_first_deal AS t
  UNION ALL
  SELECT '科技信贷 · 金融机构' AS told_as, t.lender_org_id AS org_id, t.department_id, t.row_id FROM core.loan AS t
  UNION ALL
  SELECT '科技信贷 · 企业' AS told_as, t.borrower_org_id AS org_id, t.department_id, t.row_id FROM core.loan AS t
  UNION ALL
  SELECT '科技信贷 · 担保机构' AS told_as, t.guarantor_org_id AS org_id, t.department_id, t.row_id FROM core.loan AS t
  UNION ALL
  SELECT '科技保险 · 保险机构' AS told_as, t.insurer_org_id AS org_id, t.department_id, t.row_id FROM core.insurance AS t
  UNION ALL
  SELECT '科技保险 · 企业' AS told_as, t.insured_org_id AS org_id, t.department_id, t.row_id FROM core.insurance AS t
  UNION ALL
  SELECT '平台台账 · 牵头单位' AS told_as, t.lead_org_id AS org_id, t.department_id, t.row_id FROM core.platform AS t
  UNION ALL
  SELECT '一体化服务办件 · 申请主体' AS told_as, t.applicant_org_id AS org_id, t.department_id, t.row_id FROM core.service_case AS t
  UNION ALL
  SELECT '租约 · 承租单位' AS told_as, t.tenant_org_id AS org_id, t.department_id, t.row_id FROM core.lease AS t
  UNION ALL
  SELECT '场所需求 · 申请主体' AS told_as, t.applicant_org_id AS org_id, t.department_id, t.row_id FROM core.space_request AS t
  UNION ALL
  SELECT '技术经理人 · 所属机构' AS told_as, t.org_id AS org_id, t.department_id, t.row_id FROM core.tech_manager AS t
  UNION ALL
  SELECT '技术合同 · 卖方' AS told_as, t.seller_org_id AS org_id, t.department_id, t.row_id FROM core.tech_contract AS t
  UNION ALL
  SELECT '技术合同 · 买方' AS told_as, t.buyer_org_id AS org_id, t.department_id, t.row_id FROM core.tech_contract AS t
  UNION ALL
  SELECT '五首推广 · 研制单位' AS told_as, t.maker_org_id AS org_id, t.department_id, t.row_id FROM core.first_use AS t
  UNION ALL
  SELECT '五首推广 · 应用单位' AS told_as, t.user_org_id AS org_id, t.department_id, t.row_id FROM core.first_use AS t
  UNION ALL
  SELECT '应用场景与友好单位 · 单位' AS told_as, t.org_id AS org_id, t.department_id, t.row_id FROM core.scenario AS t
  UNION ALL
  SELECT '横向结余经费入股 · 高校院所' AS told_as, t.org_id AS org_id, t.department_id, t.row_id FROM core.surplus_equity AS t
  UNION ALL
  SELECT '横向结余经费入股 · 企业' AS told_as, t.firm_org_id AS org_id, t.department_id, t.row_id FROM core.surplus_equity AS t
)
SELECT
  t.told_as,                          -- 报表与角色
  t.org_id,                           -- 统一社会信用代码
  o.org_id IS NULL AS is_to_be_registered, -- 待登记：主体库里没有
  t.department_id,                    -- 报送部门
  t.row_id                            -- 来源行
FROM told AS t
LEFT JOIN core.organization AS o ON o.org_id = t.org_id
WHERE t.org_id IS NOT NULL
