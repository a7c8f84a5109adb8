-- 人才公寓配租人数：申请之后已配租的，按先申请先配租推算。
-- grain: key, counts_from
SELECT
  w.key,                              -- 自然键：房源点、申请月、配租月
  'housing_wait' AS entity_kind,      -- 对象种类
  w.key AS entity_id,                 -- 同上
  w.housed_on AS occurred_on,
  'M' AS occurred_precision,
  w.housed_on AS counts_from,
  w.people AS value,                  -- 人数
  'na' AS zone_id,
  w.department_id,
  w.sender AS reported_by,
  w.site_id AS category,              -- 房源点
  false AS is_pending,
  w.known_at,
  w.housed_row_id AS row_id
FROM core.housing_wait AS w
WHERE w.housed_on IS NOT NULL
