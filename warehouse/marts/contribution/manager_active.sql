-- 活跃技术经理人：在册，且近十二个月内促成过签订的技术合同的人数，按级别。
-- grain: key, counts_from
SELECT
  p.manager_id AS key,                -- 自然键：经理人编号
  'manager' AS entity_kind,           -- 对象种类：人，只到组
  p.manager_id AS entity_id,          -- 经理人编号
  p.occurred_on,                      -- 聘任日期
  p.occurred_precision,               -- 日期精度
  greatest(p.counts_from, a.active_from) AS counts_from,
  least(p.counts_until, a.active_until) AS counts_until,
  1 AS value,
  p.zone_id,
  p.department_id,
  p.reported_by,
  p.grade AS category,
  false AS is_pending,
  p.known_at,
  p.row_id,
  p.source_row_ids
FROM core.manager_place AS p
JOIN core.manager_activity AS a ON a.manager_id = p.manager_id
WHERE greatest(p.counts_from, a.active_from) < coalesce(least(p.counts_until, a.active_until), DATE '9999-12-31')
