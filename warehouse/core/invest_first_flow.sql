-- 先投后股流水：一笔一行，后报的更正先报的，作废的不在内。
-- grain: department_id, sender, flow_id
SELECT
  v.* EXCLUDE (validity),
  round(v.area_m2 * v.months * v.rent_cny_per_m2_month, 2)::DECIMAL(20, 2) AS assessed_cny, -- 租金折算应有的金额（元）：面积×月数×评估单价
  d.agreement_id IS NOT NULL AS is_agreement_listed -- 协议是否在先投后股台账
FROM given.invest_first_flows_latest AS v
LEFT JOIN core.invest_first_deal AS d ON d.agreement_id = v.agreement_id
