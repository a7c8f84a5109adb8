-- 分步推进的历程：招引线索、应用场景、五首产品到达一步一行，到下一步或中途结束各用几天，供任一截至日的统计使用。
-- grain: step_id, key
-- 只知月份或季度的日期，天数按期中计，何时算数仍按期末；只知年份的、不知何日的不计天数（is_timed）。
WITH steps AS (
  SELECT s.step_id, s.key, s.entered_on, s.entered_precision, s.next_on, s.next_precision, s.quit_on, s.quit_at, s.quit_precision, s.gone_on, s.category, s.zone_id
  FROM core.lead_step AS s
  UNION ALL BY NAME
  SELECT 'scenario_published' AS step_id, s.scenario_id AS key, s.published_on AS entered_on, s.published_precision AS entered_precision,
    s.taken_on AS next_on, s.taken_precision AS next_precision, s.expired_on AS quit_on, s.expired_on AS quit_at, s.gone_on, s.zone_id
  FROM core.scenario_course AS s
  UNION ALL BY NAME
  SELECT 'scenario_taken' AS step_id, s.scenario_id AS key, s.taken_on AS entered_on, s.taken_precision AS entered_precision, s.landed_on AS next_on,
    s.landed_precision AS next_precision, s.gone_on, s.zone_id
  FROM core.scenario_course AS s
  WHERE s.taken_on IS NOT NULL
  UNION ALL BY NAME
  SELECT 'first_recognised' AS step_id, f.product_id AS key, f.recognised_on AS entered_on, f.recognised_precision AS entered_precision,
    f.first_used_on AS next_on, f.first_used_precision AS next_precision, f.category, f.zone_id
  FROM core.first_use_course AS f
),
dated AS (
  SELECT s.*,
    CASE s.entered_precision WHEN 'M' THEN s.entered_on - 15 WHEN 'Q' THEN s.entered_on - 45 ELSE s.entered_on END AS entered_at,
    CASE s.next_precision WHEN 'M' THEN s.next_on - 15 WHEN 'Q' THEN s.next_on - 45 ELSE s.next_on END AS next_at,
    CASE s.quit_precision WHEN 'M' THEN s.quit_at - 15 WHEN 'Q' THEN s.quit_at - 45 ELSE s.quit_at END AS out_at
  FROM steps AS s
)
SELECT
  d.step_id,                          -- 哪一步
  d.key,                              -- 线索、场景或产品
  d.entered_on,                       -- 到达日期
  d.entered_at,                       -- 计天数的起点
  d.next_on,                          -- 到达下一步之日，空为未到
  CASE WHEN d.next_at IS NOT NULL THEN greatest(d.next_at - d.entered_at, 0) END::INTEGER AS next_days, -- 用了几天
  d.quit_on,                          -- 中途结束之日（流失、到期），空为没有
  CASE WHEN d.out_at IS NOT NULL THEN greatest(d.out_at - d.entered_at, 0) END::INTEGER AS quit_days, -- 用了几天
  d.gone_on,                          -- 从名单上消失之日，自此不再观察
  d.entered_precision <> 'Y' AND (d.next_on IS NULL OR d.next_precision <> 'Y') AND (d.quit_on IS NULL OR coalesce(d.quit_precision, 'D') <> 'Y')
    AS is_timed,                      -- 能否计天数
  d.zone_id,                          -- 空间
  d.category                          -- 驻点或类别
FROM dated AS d
