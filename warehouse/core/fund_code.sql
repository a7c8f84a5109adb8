-- 主体代码对应的基金：代码即基金编号的，或登记名称、出资人名称与基金名称相同的。
-- grain: org_id
WITH names AS (
  SELECT f.fund_id, lower(translate(f.fund_name, '（） 　', '()')) AS name
  FROM core.fund_version AS f
  UNION
  SELECT f.fund_id, f.fund_id AS name
  FROM core.fund_version AS f
),
told AS (
  SELECT o.org_id, lower(translate(o.org_name, '（） 　', '()')) AS name
  FROM core.organization AS o
  UNION
  SELECT c.investor_org_id AS org_id, lower(translate(c.investor_name, '（） 　', '()')) AS name
  FROM core.fund_commitment_version AS c
  UNION
  SELECT f.fund_id AS org_id, f.fund_id AS name
  FROM core.fund_version AS f
)
SELECT
  t.org_id,                           -- 主体代码
  min(n.fund_id) AS fund_id           -- 基金编号
FROM told AS t
JOIN names AS n ON n.name = t.name
GROUP BY t.org_id
