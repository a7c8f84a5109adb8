-- 技术合同：一份一行，后报的更正先报的，作废的不在内。
-- grain: department_id, sender, contract_no
SELECT
  v.* EXCLUDE (validity),
  s.org_id IS NOT NULL AS is_seller_known, -- 卖方是否在主体库，否为待登记
  b.org_id IS NOT NULL AS is_buyer_known, -- 买方是否在主体库，否为待登记
  c.outcome_id IS NOT NULL AS is_outcome_listed, -- 成果是否已报
  coalesce(m.is_listed, false) AS is_manager_listed -- 所写的经理人是否都在册
FROM given.tech_contracts_latest AS v
LEFT JOIN core.organization AS s ON s.org_id = v.seller_org_id
LEFT JOIN core.organization AS b ON b.org_id = v.buyer_org_id
LEFT JOIN core.outcome AS c ON c.outcome_id = v.outcome_id
LEFT JOIN (
  SELECT t.department_id, t.sender, t.contract_no, bool_and(t.is_manager_listed) AS is_listed
  FROM core.tech_contract_manager AS t
  GROUP BY ALL
) AS m ON m.department_id = v.department_id AND m.sender = v.sender AND m.contract_no = v.contract_no
