-- 名单上的国有企业的信用代码：名单写明的，或按名称、别名在主体库里找到的。
-- grain: org_id
WITH named AS (
  SELECT e.enterprise_id, e.status, unnest(string_split(concat_ws('|', e.name_zh, e.aliases_zh), '|')) AS name
  FROM ref.state_enterprise AS e
),
coded AS (
  SELECT e.org_id, e.enterprise_id, e.status FROM ref.state_enterprise AS e WHERE e.org_id IS NOT NULL
  UNION ALL
  SELECT o.org_id, n.enterprise_id, n.status
  FROM core.organization AS o
  JOIN named AS n ON translate(n.name, '（） 　', '()') = translate(o.org_name, '（） 　', '()')
)
SELECT
  c.org_id,                           -- 统一社会信用代码
  min(c.enterprise_id) AS enterprise_id, -- 名单编号
  arg_min(c.status, c.enterprise_id) AS status -- 已定 / 拟定 / 未定
FROM coded AS c
GROUP BY c.org_id
