-- 根项目的筛选特征：方向、主体来源、攻关类别和首次、末次所在空间；末次空间随时间分段。
-- grain: root_project_id, valid_from
-- 空间依次取：进入事件自填、当时的项目承载区、未落区。首次空间按首次进入当日。
WITH followed AS (
  SELECT v.root_project_id, v.project_id, v.entered_on, v.own_zone_id,
    lead(v.entered_on) OVER w AS next_on, row_number() OVER w = 1 AS is_first
  FROM core.stage_visit AS v
  WINDOW w AS (PARTITION BY v.root_project_id ORDER BY v.entered_on, v.stage_order)
),
placed AS (
  SELECT f.root_project_id, f.is_first AND greatest(f.entered_on, pp.valid_from) = f.entered_on AS is_first, greatest(f.entered_on, pp.valid_from) AS valid_from,
    least(f.next_on, pp.valid_until) AS valid_until, coalesce(f.own_zone_id, pp.zone_id, 'unplaced') AS zone_id
  FROM followed AS f
  LEFT JOIN core.project_place AS pp ON pp.project_id = f.project_id AND f.own_zone_id IS NULL
    AND (pp.valid_until IS NULL OR pp.valid_until > f.entered_on) AND (f.next_on IS NULL OR pp.valid_from < f.next_on)
  WHERE f.next_on IS NULL OR f.next_on > f.entered_on OR f.is_first
),
first_zone AS (
  SELECT p.root_project_id, min(p.zone_id) AS zone_id
  FROM placed AS p
  WHERE p.is_first
  GROUP BY p.root_project_id
)
SELECT
  p.root_project_id,                  -- 根项目编号
  p.valid_from,                       -- 末次空间自何日起（含）
  p.valid_until,                      -- 到何日止（不含），空为至今
  p.zone_id AS last_zone_id,          -- 末次所在空间
  f.zone_id AS first_zone_id,         -- 首次所在空间
  r.direction_id,                     -- 重点转化方向代码；空为方向外或未填
  r.research_class,                   -- 攻关类别
  o.origin                            -- 承担单位的来源：孵化、引进、本地
FROM placed AS p
JOIN first_zone AS f ON f.root_project_id = p.root_project_id
LEFT JOIN core.project AS r ON r.project_id = p.root_project_id
LEFT JOIN core.organization AS o ON o.org_id = r.lead_org_id
WHERE p.valid_until IS NULL OR p.valid_until > p.valid_from
