-- 技术合同的经理人：一份合同写了几名的，一名一行，功劳平分。
-- grain: department_id, sender, contract_no, manager_id
-- 分数之和恰为 1：除不尽的零头归写在最前的一名。
WITH written AS (
  SELECT v.department_id, v.sender, v.contract_no, v.row_id, regexp_split_to_array(v.manager_id, '[、，,；;/]') AS managers
  FROM given.tech_contracts_latest AS v
  WHERE v.manager_id IS NOT NULL
),
each AS (
  SELECT w.department_id, w.sender, w.contract_no, w.row_id, trim(m.manager_id) AS manager_id, min(m.place) AS place
  FROM written AS w, unnest(w.managers) WITH ORDINALITY AS m(manager_id, place)
  WHERE trim(m.manager_id) <> ''
  GROUP BY w.department_id, w.sender, w.contract_no, w.row_id, trim(m.manager_id)
),
shared AS (
  SELECT e.*, count(*) OVER c AS managers, row_number() OVER (c ORDER BY e.place) AS number
  FROM each AS e
  WINDOW c AS (PARTITION BY e.department_id, e.sender, e.contract_no)
)
SELECT
  s.department_id,
  s.sender,
  s.contract_no,
  s.manager_id,                       -- 经理人编号
  CASE WHEN s.number = 1 THEN 1 - (s.managers - 1) * round(1.0 / s.managers, 6) ELSE round(1.0 / s.managers, 6) END::DECIMAL(9, 6) AS weight, -- 分得的份额，一份合同之和为 1
  m.manager_id IS NOT NULL AS is_manager_listed, -- 经理人是否在册
  s.row_id
FROM shared AS s
LEFT JOIN (SELECT DISTINCT manager_id FROM core.tech_manager_version) AS m ON m.manager_id = s.manager_id
