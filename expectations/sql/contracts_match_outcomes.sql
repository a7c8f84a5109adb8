-- 技术合同写明的成果，与科技成果写明的合同互相对得上。
-- checked: (SELECT c.row_id FROM core.tech_contract AS c WHERE c.is_outcome_listed UNION ALL SELECT o.row_id FROM core.outcome AS o WHERE NOT o.is_void AND o.contract_no IN (SELECT c.contract_no FROM core.tech_contract AS c))
-- by: row_id
SELECT
  c.contract_no,
  c.outcome_id,
  '该成果登记的合同是 ' || o.contract_no AS found,
  c.row_id
FROM core.tech_contract AS c
JOIN core.outcome AS o USING (outcome_id)
WHERE NOT o.is_void AND o.contract_no <> c.contract_no
  AND NOT EXISTS (FROM core.tech_contract AS d WHERE d.contract_no = o.contract_no AND d.outcome_id = o.outcome_id)
UNION ALL
SELECT
  o.contract_no,
  o.outcome_id,
  '该合同登记的成果是 ' || c.outcome_id AS found,
  o.row_id
FROM core.outcome AS o
JOIN core.tech_contract AS c USING (contract_no)
WHERE NOT o.is_void AND c.outcome_id <> o.outcome_id
ORDER BY ALL
