-- 基金估值：一只基金一个被投单位一个估值日一行，后报的更正先报的。
-- grain: department_id, sender, fund_id, investee_org_id, valued_on
-- 一次估值到下一次估值日为止（valued_until）；只知月份、季度的，为月末、季末。
SELECT
  v.* EXCLUDE (validity),
  lead(v.valued_on) OVER (PARTITION BY v.department_id, v.sender, v.fund_id, v.investee_org_id ORDER BY v.valued_on) AS valued_until, -- 下一次估值日，空为最近一次
  f.fund_id IS NOT NULL AS is_fund_listed, -- 基金是否在基金台账
  o.org_id IS NOT NULL AS is_investee_known -- 被投单位是否在主体库，否为待登记
FROM (
  SELECT l.*
  FROM given.fund_valuations_latest AS l
  QUALIFY row_number() OVER (PARTITION BY l.department_id, l.sender, l.fund_id, l.investee_org_id, l.valued_on ORDER BY l.row_id DESC) = 1
) AS v
LEFT JOIN core.fund AS f ON f.fund_id = v.fund_id
LEFT JOIN core.organization AS o ON o.org_id = v.investee_org_id
