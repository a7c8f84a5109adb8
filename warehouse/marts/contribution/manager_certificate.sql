-- 在册技术经理人的证书：按截至日离到期还有几天分档，各档之和为在册人数。
-- grain: key, counts_from
SELECT
  p.manager_id AS key,                -- 自然键：经理人编号
  'manager' AS entity_kind,           -- 对象种类：人，只到组
  p.manager_id AS entity_id,          -- 经理人编号
  p.occurred_on,                      -- 聘任日期
  p.occurred_precision,               -- 日期精度
  greatest(p.counts_from, p.certified_until_on + e.first) AS counts_from,
  least(p.counts_until, p.certified_until_on + e.last) AS counts_until,
  1 AS value,
  p.zone_id,
  p.department_id,
  p.reported_by,
  e.state AS category,
  false AS is_pending,
  p.known_at,
  p.row_id,
  p.source_row_ids
FROM core.manager_place AS p
JOIN (VALUES ('certified', NULL, -180), ('expiring_180d', -180, -90), ('expiring_90d', -90, 1), ('expired', 1, NULL), ('uncertified', NULL, NULL)) AS e(state, first, last)
  ON (e.state = 'uncertified') = (p.certified_until_on IS NULL)
WHERE greatest(p.counts_from, p.certified_until_on + e.first) < coalesce(least(p.counts_until, p.certified_until_on + e.last), DATE '9999-12-31')
