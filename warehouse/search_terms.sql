-- What things can be found by: each name, former name, alias and number of each thing, as its table writes it. `how`: code, name, former or alias.
WITH things AS (
  SELECT n.entity_kind AS kind, n.entity_id AS id, n.name_zh, n.name_en
  FROM core.entity_name AS n
  WHERE n.entity_kind IN ('project', 'organization', 'outcome', 'platform', 'premise', 'task', 'zone')
  UNION ALL
  SELECT DISTINCT 'group', o.group_name, o.group_name, o.group_name
  FROM core.organization AS o
  WHERE o.group_name IS NOT NULL
  UNION ALL
  SELECT 'fund', f.fund_id, arg_max(f.fund_name, f.valid_from), arg_max(f.fund_name, f.valid_from)
  FROM core.fund_version AS f
  GROUP BY f.fund_id
  UNION ALL
  SELECT DISTINCT 'deal', d.agreement_id, d.agreement_id, d.agreement_id
  FROM core.invest_first_deal_version AS d
  UNION ALL
  SELECT DISTINCT 'loan', l.contract_id, l.contract_id, l.contract_id
  FROM core.loan_version AS l
  UNION ALL
  SELECT 'department', d.department_id, d.name_zh, d.name_en
  FROM ref.department AS d
  UNION ALL
  SELECT 'metric', m.metric_id, m.name_zh, m.name_en
  FROM ref.metric AS m
  UNION ALL
  SELECT 'clause', c.clause_id, c.text_zh, c.text_zh
  FROM ref.clause AS c
),
others AS (
  SELECT 'organization' AS kind, r.org_id AS id, 'former' AS how, r.org_name AS term
  FROM raw.organizations AS r
  UNION
  SELECT 'project', r.project_id, 'former', r.project_name
  FROM raw.projects AS r
  UNION
  SELECT 'fund', f.fund_id, 'former', f.fund_name
  FROM core.fund_version AS f
  UNION
  SELECT 'platform', p.platform_id, 'former', p.platform_name
  FROM core.platform_version AS p
  UNION
  SELECT 'organization', s.org_id, 'alias', unnest(string_split(e.aliases_zh, '|'))
  FROM core.state_enterprise AS s
  JOIN ref.state_enterprise AS e ON e.enterprise_id = s.enterprise_id
  UNION
  SELECT 'zone', a.zone_id, 'alias', a.alias
  FROM ref.zone_alias AS a
  UNION
  SELECT 'department', a.department_id, 'alias', a.alias
  FROM ref.department_alias AS a
),
numbered AS (
  SELECT t.*, row_number() OVER (ORDER BY t.kind, t.id) AS thing_no
  FROM things AS t
  WHERE t.id IS NOT NULL
)
SELECT n.thing_no, n.kind, n.id, n.name_zh, n.name_en, 'code' AS how, n.id AS term
FROM numbered AS n
WHERE n.kind <> 'group'
UNION ALL
SELECT n.thing_no, n.kind, n.id, n.name_zh, n.name_en, 'name', n.name_zh
FROM numbered AS n
WHERE n.name_zh <> n.id OR n.kind = 'group'
UNION ALL
SELECT n.thing_no, n.kind, n.id, n.name_zh, n.name_en, 'name', n.name_en
FROM numbered AS n
WHERE n.name_en <> n.name_zh
UNION ALL
SELECT n.thing_no, n.kind, n.id, n.name_zh, n.name_en, o.how, o.term
FROM numbered AS n
JOIN others AS o ON o.kind = n.kind AND o.id = n.id
WHERE o.term NOT IN (n.name_zh, n.name_en, n.id, '')
ORDER BY 1, 6, 7
