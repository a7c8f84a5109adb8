-- 五懂俱全的在册技术经理人：五个能力标签都有的人数，按级别。
-- grain: key, counts_from
SELECT
  p.manager_id AS key,                -- 自然键：经理人编号
  'manager' AS entity_kind,           -- 对象种类：人，只到组
  p.manager_id AS entity_id,          -- 经理人编号
  p.occurred_on,                      -- 聘任日期
  p.occurred_precision,               -- 日期精度
  p.counts_from AS counts_from,
  p.counts_until AS counts_until,
  1 AS value,
  p.zone_id,
  p.department_id,
  p.reported_by,
  false AS is_pending,
  p.known_at,
  p.row_id,
  p.source_row_ids
FROM core.manager_place AS p
WHERE len(string_split(p.abilities, '|')) = 5
