-- 在册技术经理人的能力标签：一人一个标签计一次，一人可有几个，各标签的人数不能相加成人数。
-- grain: key, counts_from
SELECT
  concat(p.manager_id, '|', t.ability) AS key, -- 自然键：经理人编号与标签
  'manager' AS entity_kind,           -- 对象种类：人，只到组
  p.manager_id AS entity_id,          -- 经理人编号
  p.occurred_on,                      -- 聘任日期
  p.occurred_precision,               -- 日期精度
  p.counts_from,
  p.counts_until,
  1 AS value,
  p.zone_id,
  p.department_id,
  p.reported_by,
  concat('ability_', t.ability) AS category,            -- 标签
  false AS is_pending,
  p.known_at,
  p.row_id,
  p.source_row_ids
FROM core.manager_place AS p, unnest(string_split(p.abilities, '|')) AS t(ability)
