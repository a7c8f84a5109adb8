-- 财政与筹资：预算，一个年度一个资金项目一行，随名单更新；分类为来源。
-- grain: key, counts_from
SELECT
  m.* EXCLUDE (requested_cny, budget_cny, issued_cny, received_cny, spent_cny),
  m.budget_cny AS value
FROM core.funding_money AS m
WHERE m.budget_cny IS NOT NULL
