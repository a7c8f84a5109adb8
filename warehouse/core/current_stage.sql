-- 在途：根项目某日处于哪一次阶段停留；其下几期同时在途的，以最靠后的阶段为准。
-- grain: root_project_id, open_from
-- 只有一期的根项目，停留互不重叠，原样照用。
WITH shared AS (
  SELECT s.root_project_id
  FROM core.stage_spell AS s
  GROUP BY s.root_project_id
  HAVING count(DISTINCT s.project_id) > 1
),
several AS (
  SELECT v.*
  FROM core.stage_visit AS v
  JOIN shared AS s ON s.root_project_id = v.root_project_id
),
cuts AS (
  SELECT v.root_project_id, v.entered_on AS day_on
  FROM several AS v
  UNION
  SELECT v.root_project_id, v.left_on AS day_on
  FROM several AS v
  WHERE v.left_on IS NOT NULL
),
pieces AS (
  SELECT c.root_project_id, c.day_on, lead(c.day_on) OVER (PARTITION BY c.root_project_id ORDER BY c.day_on) AS next_on
  FROM cuts AS c
),
furthest AS (
  SELECT v.root_project_id, p.day_on AS open_from, p.next_on AS open_until, v.row_id
  FROM pieces AS p
  JOIN several AS v ON v.root_project_id = p.root_project_id AND v.entered_on <= p.day_on AND (v.left_on IS NULL OR v.left_on > p.day_on)
  QUALIFY row_number() OVER (PARTITION BY v.root_project_id, p.day_on ORDER BY v.stage_order DESC, v.told_row_id) = 1
),
either AS (
  SELECT v.root_project_id, v.entered_on AS open_from, v.left_on AS open_until, v.row_id
  FROM core.stage_visit AS v
  WHERE v.root_project_id NOT IN (SELECT s.root_project_id FROM shared AS s) AND (v.left_on IS NULL OR v.left_on > v.entered_on)
  UNION ALL
  SELECT f.root_project_id, f.open_from, f.open_until, f.row_id
  FROM furthest AS f
)
SELECT
  e.root_project_id,                  -- 根项目编号
  e.open_from,                        -- 自何日起处于该阶段（含）
  e.open_until,                       -- 到何日止（不含），空为至今
  v.stage_id,                         -- 阶段
  v.stage_order,                      -- 阶段顺序
  v.visit_no,                         -- 第几次进入该阶段
  v.project_id,                       -- 项目编号
  v.entered_on,                       -- 进入日期
  v.entered_precision,                -- 进入日期的精度
  v.outcome,                          -- 怎样离开
  v.own_zone_id,                      -- 事件自填的空间
  v.row_id                            -- 来源行（进入事件）
FROM either AS e
JOIN core.stage_visit AS v ON v.row_id = e.row_id
