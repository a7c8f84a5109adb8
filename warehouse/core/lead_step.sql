-- 招引线索所处的一步：一条线索到达一步一行，自到达之日至下一步、流失或从名单上消失。
-- grain: key, step_id
WITH steps AS (
  SELECT l.key, 'lead_tracked' AS step_id, 0 AS step_order, l.found_on AS entered_on, l.found_precision AS entered_precision, l.signed_on AS next_on,
    l.signed_precision AS next_precision
  FROM core.lead_course AS l
  UNION ALL
  SELECT l.key, 'lead_signed', 1, l.signed_on, l.signed_precision, l.moved_in_on, l.moved_in_precision
  FROM core.lead_course AS l
  WHERE l.signed_on IS NOT NULL
  UNION ALL
  SELECT l.key, 'lead_moved_in', 2, l.moved_in_on, l.moved_in_precision, l.pipeline_on, l.pipeline_precision
  FROM core.lead_course AS l
  WHERE l.moved_in_on IS NOT NULL
)
SELECT
  s.key,                              -- 自然键：报送部门|报送主体|线索编号
  s.step_id,                          -- lead_tracked 跟踪 / lead_signed 签约 / lead_moved_in 入驻
  s.step_order,                       -- 第几步，自 0 起
  s.entered_on,                       -- 到达日期
  s.entered_precision,                -- 到达日期精度
  s.next_on,                          -- 到达下一步之日，空为未到
  s.next_precision,                   -- 该日期的精度
  CASE WHEN s.next_on IS NULL THEN l.lost_on END AS quit_on, -- 在这一步流失之日
  CASE WHEN s.next_on IS NULL AND l.lost_on IS NOT NULL THEN greatest(coalesce(l.lost_at, l.lost_on), s.entered_on) END AS quit_at, -- 计时用的流失之日
  l.lost_precision AS quit_precision, -- 流失日期精度
  l.gone_on,                          -- 从名单上消失之日
  least(s.next_on, CASE WHEN s.next_on IS NULL THEN l.lost_on END, l.gone_on) AS left_on, -- 不再处于这一步之日，空为至今
  l.office_name AS category,          -- 驻点
  l.zone_id                           -- 意向空间
FROM steps AS s
JOIN core.lead_course AS l ON l.key = s.key
