-- 计数行所指对象的名称：明细与导出由此取名。场所需求、办件等自身没有名称的不在内，以编号称呼。
-- grain: entity_kind, entity_id
WITH units AS (
  SELECT v.unit_id, arg_max(v.building_name, v.valid_from) AS building_name
  FROM core.premise_version AS v
  GROUP BY v.unit_id
),
leases AS (
  SELECT v.lease_id, arg_max(v.unit_id, v.valid_from) AS unit_id
  FROM core.lease_version AS v
  GROUP BY v.lease_id
),
tasks AS (
  SELECT v.task_id, arg_max(v.content, v.valid_from) AS content
  FROM core.task_version AS v
  GROUP BY v.task_id
),
platforms AS (
  SELECT v.platform_id, arg_max(v.platform_name, v.valid_from) AS platform_name
  FROM core.platform_version AS v
  GROUP BY v.platform_id
),
scenarios AS (
  SELECT v.scenario_id, CASE arg_max(v.scenario_kind, v.valid_from) WHEN 'scenario' THEN 'scenario' ELSE 'friendly_unit' END AS entity_kind,
    arg_max(v.scenario_name, v.valid_from) AS scenario_name
  FROM core.scenario_version AS v
  GROUP BY v.scenario_id
),
leads AS ( -- a number is a sender's own: where two senders use the same, both names are told
  SELECT l.lead_id, string_agg(DISTINCT l.project_name, ' / ' ORDER BY l.project_name) AS project_name
  FROM core.lead_course AS l
  GROUP BY l.lead_id
),
bodies AS (
  SELECT v.body_id, arg_min(v.platform_name, v.platform_id) AS platform_name
  FROM core.platform_version AS v
  GROUP BY v.body_id
)
SELECT
  'project' AS entity_kind,
  p.project_id AS entity_id,
  p.project_name AS name_zh,
  p.project_name AS name_en
FROM core.project AS p
UNION ALL
SELECT 'outcome', o.outcome_id, o.outcome_name, o.outcome_name
FROM core.outcome AS o
UNION ALL
SELECT 'organization', g.org_id, g.org_name, g.org_name
FROM core.organization AS g
UNION ALL
SELECT 'zone', z.zone_id, z.name_zh, z.name_en
FROM ref.zone AS z
UNION ALL
SELECT 'core_function', f.core_function_id, f.name_zh, f.name_en
FROM ref.core_function AS f
UNION ALL
SELECT 'premise', u.unit_id, u.building_name, u.building_name
FROM units AS u
UNION ALL
SELECT 'tenancy', l.lease_id, coalesce(u.building_name, l.unit_id), coalesce(u.building_name, l.unit_id)
FROM leases AS l
LEFT JOIN units AS u ON u.unit_id = l.unit_id
UNION ALL
SELECT 'task', t.task_id, t.content, t.content
FROM tasks AS t
UNION ALL
SELECT 'resolution', r.resolution_id, any_value(r.resolution), any_value(r.resolution)
FROM core.resolution AS r
GROUP BY r.resolution_id
UNION ALL
SELECT 'policy_item', s.item_id, arg_max(s.item_name, (s.step_on, s.row_id)), arg_max(s.item_name, (s.step_on, s.row_id))
FROM core.policy_step AS s
GROUP BY s.item_id
UNION ALL
SELECT 'policy_entry', e.entry_id, e.name_zh, e.name_en
FROM ref.policy_entry AS e
UNION ALL
SELECT 'platform', p.platform_id, p.platform_name, p.platform_name
FROM platforms AS p
UNION ALL
SELECT 'first_use', f.product_id, f.product_name, f.product_name
FROM core.first_use AS f
UNION ALL
SELECT s.entity_kind, s.scenario_id, s.scenario_name, s.scenario_name
FROM scenarios AS s
UNION ALL
SELECT 'lead', l.lead_id, l.project_name, l.project_name
FROM leads AS l
UNION ALL
SELECT
  'platform_body' AS entity_kind,     -- 对象种类
  b.body_id AS entity_id,             -- 对象编号
  b.platform_name AS name_zh,         -- 名称
  b.platform_name AS name_en          -- 英文名称；部门所报的名称不译
FROM bodies AS b
