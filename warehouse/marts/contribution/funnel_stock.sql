-- 在途项目（存量）：某日正处于某一阶段的根项目；暂停的、停滞的另作一类，仍在存量之内。
-- grain: key, counts_from
-- 暂停超过 180 天为停滞。
WITH paused AS (
  SELECT c.root_project_id, c.open_from, p.suspended_on, p.resumed_on
  FROM core.current_stage AS c
  JOIN core.suspension AS p ON p.root_project_id = c.root_project_id AND p.stage_id = c.stage_id
    AND (c.open_until IS NULL OR p.suspended_on < c.open_until) AND (p.resumed_on IS NULL OR p.resumed_on > c.open_from)
),
marks AS ( -- of two on one day, the one of higher rank holds
  SELECT c.root_project_id, c.open_from, c.open_from AS day_on, 'active' AS band, 0 AS band_rank
  FROM core.current_stage AS c
  UNION ALL
  SELECT p.root_project_id, p.open_from, p.resumed_on AS day_on, 'active' AS band, 1 AS band_rank
  FROM paused AS p
  WHERE p.resumed_on IS NOT NULL
  UNION ALL
  SELECT p.root_project_id, p.open_from, greatest(p.suspended_on, p.open_from) AS day_on, 'suspended' AS band, 2 AS band_rank
  FROM paused AS p
  UNION ALL
  SELECT p.root_project_id, p.open_from, greatest(p.suspended_on + 181, p.open_from) AS day_on, 'stalled' AS band, 3 AS band_rank
  FROM paused AS p
  WHERE p.resumed_on IS NULL OR p.resumed_on > p.suspended_on + 181
),
ranked AS (
  SELECT m.root_project_id, m.open_from, m.day_on, max_by(m.band, m.band_rank) AS band
  FROM marks AS m
  GROUP BY m.root_project_id, m.open_from, m.day_on
),
banded AS (
  SELECT c.*, r.day_on, r.band, least(c.open_until, lead(r.day_on) OVER (PARTITION BY r.root_project_id, r.open_from ORDER BY r.day_on)) AS until_on
  FROM ranked AS r
  JOIN core.current_stage AS c ON c.root_project_id = r.root_project_id AND c.open_from = r.open_from
  WHERE c.open_until IS NULL OR r.day_on < c.open_until
),
placed AS (
  SELECT b.*, greatest(b.day_on, v.placed_from) AS counts_from, least(b.until_on, v.placed_until) AS counts_until, v.zone_id
  FROM banded AS b
  JOIN core.placed_visit AS v ON v.row_id = b.row_id AND (v.placed_until IS NULL OR v.placed_until > b.day_on)
    AND (b.until_on IS NULL OR v.placed_from < b.until_on)
)
SELECT
  p.root_project_id AS key,           -- 自然键：根项目编号
  'project' AS entity_kind,           -- 对象种类
  p.root_project_id AS entity_id,     -- 根项目编号
  p.entered_on AS occurred_on,        -- 进入日期
  p.entered_precision AS occurred_precision, -- 日期精度
  p.counts_from,                      -- 自何日起计（含）
  p.counts_until,                     -- 到何日止（不含），空为至今
  1 AS value,                         -- 计一项
  p.zone_id,                          -- 空间
  e.department_id,                    -- 报送部门
  e.sender AS reported_by,            -- 报送主体
  r.direction_id,                     -- 重点转化方向
  p.stage_id,                         -- 阶段
  r.lead_org_id AS org_id,            -- 承担单位
  p.band AS category,                 -- active 推进中 / suspended 暂停 / stalled 停滞
  false AS is_pending,                -- 不判
  f.received_at AS known_at,          -- 何时得知
  p.row_id                            -- 来源行
FROM placed AS p
JOIN core.stage_event AS e ON e.row_id = p.row_id
JOIN raw.file AS f ON f.file_id = e.file_id
LEFT JOIN core.project AS r ON r.project_id = p.root_project_id
