-- 分空间的历程合计：截至最新截至日，首次进入概念验证的根项目在第几天由哪一状态到哪一状态、按空间的个数；其他日子和有筛选的，按同一查询另算。
-- grain: days, from_state, to_state, zone_id, last_zone_id, first_zone_id
-- 状态为阶段顺序，转化落地及以后合为 4，终止为 5；自 -1 来为开始计时，到 -1 去为截至日仍在该状态。同日几步合为一步。
WITH day AS (
  SELECT max(f.as_of) AS as_of
  FROM raw.file AS f
  WHERE f.is_standing
),
started AS (
  SELECT p.root_project_id, p.entered_on, p.observed_days, d.as_of, p.zone_id, t.last_zone_id, t.first_zone_id
  FROM mart.passage AS p
  JOIN day AS d ON p.entered_on <= d.as_of
  LEFT JOIN core.project_trait AS t ON t.root_project_id = p.root_project_id AND t.valid_from <= d.as_of AND (t.valid_until IS NULL OR t.valid_until > d.as_of)
  WHERE p.stage_id = 'poc' AND p.is_timed AND true /* chosen p.root_project_id */ AND true /* zone p.zone_id */
),
moves AS (
  SELECT s.root_project_id, s.zone_id, s.last_zone_id, s.first_zone_id, s.as_of - s.entered_on AS last_day, greatest(m.moved_on - s.entered_on, 0) AS days,
    CASE WHEN m.to_stage_id = 'out' THEN 5 ELSE least(g.stage_order, 4) END AS state,
    m.moved_on = s.entered_on AND m.to_stage_id = 'poc' AS is_start, CASE WHEN s.observed_days > 0 THEN s.observed_days ELSE -1 END AS seen_from,
    CASE WHEN m.to_stage_id = 'out' THEN 99 ELSE g.stage_order END AS rank
  FROM started AS s
  JOIN core.project_move AS m ON m.root_project_id = s.root_project_id AND m.moved_on >= s.entered_on AND m.moved_on <= s.as_of
  LEFT JOIN ref.stage AS g ON g.stage_id = m.to_stage_id
  WHERE NOT (m.moved_on = s.entered_on AND g.stage_order IS NOT NULL AND g.stage_order < 1)
),
daily AS ( -- the start stands a day before, so that what happens on the first day is a move
  SELECT m.root_project_id, max(m.last_day) AS last_day, max(m.seen_from) AS seen_from, CASE WHEN m.is_start THEN -1 ELSE m.days END AS days,
    max_by(m.state, m.rank) AS state, any_value(m.zone_id) AS zone_id, any_value(m.last_zone_id) AS last_zone_id, any_value(m.first_zone_id) AS first_zone_id
  FROM moves AS m
  GROUP BY m.root_project_id, CASE WHEN m.is_start THEN -1 ELSE m.days END
),
landed AS (
  SELECT d.root_project_id, min(d.days) AS landed_days
  FROM daily AS d
  WHERE d.state = 4
  GROUP BY d.root_project_id
),
steps AS (
  SELECT d.*, lead(d.days) OVER (PARTITION BY d.root_project_id ORDER BY d.days) AS next_days,
    lead(d.state) OVER (PARTITION BY d.root_project_id ORDER BY d.days) AS next_state
  FROM daily AS d
  LEFT JOIN landed AS l ON l.root_project_id = d.root_project_id
  WHERE l.landed_days IS NULL OR d.days <= l.landed_days
),
seen AS ( -- from the day on which the project was on the register
  SELECT s.*, greatest(s.days, s.seen_from) AS since
  FROM steps AS s
  WHERE (s.next_days IS NULL OR s.next_days > s.seen_from) AND s.last_day >= s.seen_from AND s.state <> 4
),
told AS (
  SELECT s.since AS days, -1 AS from_state, s.state AS to_state, s.zone_id, s.last_zone_id, s.first_zone_id
  FROM seen AS s
  WHERE s.days <= s.seen_from
  UNION ALL
  SELECT coalesce(s.next_days, s.last_day) AS days, s.state AS from_state, coalesce(s.next_state, -1) AS to_state, s.zone_id, s.last_zone_id, s.first_zone_id
  FROM seen AS s
  WHERE s.next_state IS DISTINCT FROM s.state
)
SELECT
  t.days::INTEGER AS days,            -- 第几天；-1 为开始之前
  t.from_state::INTEGER AS from_state, -- 从哪一状态
  t.to_state::INTEGER AS to_state,    -- 到哪一状态
  t.zone_id,                          -- 首次进入概念验证时所在空间
  t.last_zone_id,                     -- 根项目的末次空间
  t.first_zone_id,                    -- 根项目的首次空间
  count(*)::INTEGER AS projects       -- 个数
FROM told AS t
GROUP BY ALL
