-- 人才公寓申请人数：有逐月申请数的房源点，首期报送之后申请的。
-- grain: key, counts_from
SELECT
  w.key,                              -- 自然键：房源点、申请月、配租月
  'housing_wait' AS entity_kind,      -- 对象种类
  w.key AS entity_id,                 -- 同上
  w.applied_on AS occurred_on,
  'M' AS occurred_precision,
  w.applied_on AS counts_from,
  w.people AS value,                  -- 人数
  'na' AS zone_id,
  w.department_id,
  w.sender AS reported_by,
  w.site_id AS category,              -- 房源点
  false AS is_pending,
  w.known_at,
  w.row_id AS row_id
FROM core.housing_wait AS w

