-- 人才公寓的轮候：按先申请先配租，各月申请的人各在哪个月配租；一个房源点、一个申请月、一个配租月一行，只有人数。
-- grain: department_id, sender, site_id, applied_on, housed_on
-- 首期报送之前就在轮候的，不知何时申请：先得配租，但不计入；配租日空为仍在轮候。
WITH months AS (
  SELECT h.department_id, h.sender, h.site_id, h.period_to, h.known_at, h.row_id, coalesce(h.applied, 0) AS applied, coalesce(h.housed, 0) AS housed,
    first_value(greatest(coalesce(h.waiting, 0) - coalesce(h.applied, 0) + coalesce(h.housed, 0), 0)) OVER site AS before,
    sum(coalesce(h.applied, 0)) OVER site AS applied_upto,
    sum(coalesce(h.housed, 0)) OVER site AS housed_upto
  FROM core.talent_housing AS h
  WHERE h.applied IS NOT NULL OR h.housed IS NOT NULL
  WINDOW site AS (PARTITION BY h.department_id, h.sender, h.site_id ORDER BY h.period_to, h.period_from)
),
served AS (
  SELECT m.*, m.housed_upto - m.before AS upto, lead(m.row_id) OVER (PARTITION BY m.department_id, m.sender, m.site_id ORDER BY m.period_to) IS NULL AS is_last
  FROM months AS m
),
matched AS (
  SELECT a.department_id, a.sender, a.site_id, a.period_to AS applied_on, s.period_to AS housed_on, a.known_at, a.row_id, s.row_id AS housed_row_id,
    least(a.applied_upto, s.upto) - greatest(a.applied_upto - a.applied, s.upto - s.housed, 0) AS people
  FROM months AS a
  JOIN served AS s ON s.department_id = a.department_id AND s.sender = a.sender AND s.site_id = a.site_id AND s.period_to >= a.period_to
  UNION ALL
  SELECT a.department_id, a.sender, a.site_id, a.period_to, NULL, a.known_at, a.row_id, NULL,
    a.applied_upto - greatest(a.applied_upto - a.applied, s.upto)
  FROM months AS a
  JOIN served AS s ON s.department_id = a.department_id AND s.sender = a.sender AND s.site_id = a.site_id AND s.is_last
)
SELECT
  concat_ws('|', m.department_id, m.sender, m.site_id, m.applied_on, m.housed_on) AS key, -- 自然键：房源点、申请月、配租月
  m.department_id,                    -- 报送部门
  m.sender,                           -- 报送主体
  m.site_id,                          -- 房源点编号
  m.applied_on,                       -- 申请月的末日
  m.housed_on,                        -- 配租月的末日，空为仍在轮候
  m.people::INTEGER AS people,        -- 人数
  m.known_at,                         -- 何时得知
  m.row_id,                           -- 来源行（申请月）
  m.housed_row_id                     -- 来源行（配租月）
FROM matched AS m
WHERE m.people > 0
