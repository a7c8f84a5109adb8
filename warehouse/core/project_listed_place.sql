-- 项目登记的承载区随时间：一个项目一段时间一行。
-- grain: project_id, valid_from
-- 首次登记的空间向前适用；空间不变的连续登记并成一段；写法不识的为未落区，“待定”视同未填，由当时的承担单位定位。
WITH placed AS (
  SELECT r.project_id, f.as_of, r.row_id, r.lead_org_id,
    CASE WHEN r.zone_name IS NULL OR a.zone_id = 'unplaced' THEN NULL ELSE coalesce(a.zone_id, 'unplaced') END AS zone_id
  FROM raw.projects AS r
  JOIN raw.file AS f ON f.file_id = r.file_id AND f.is_standing
  LEFT JOIN core.place_name AS a ON a.alias = translate(r.zone_name, '（） 　', '()')
  QUALIFY row_number() OVER (PARTITION BY r.project_id, f.as_of ORDER BY r.row_id DESC) = 1
),
listed AS (
  SELECT p.*, CASE WHEN p.zone_id IS NULL THEN p.lead_org_id END AS site_org_id
  FROM placed AS p
),
changed_only AS (
  SELECT l.*,
    lag(l.as_of) OVER (PARTITION BY l.project_id ORDER BY l.as_of) AS previous_as_of,
    lag(l.zone_id) OVER (PARTITION BY l.project_id ORDER BY l.as_of) AS previous_zone_id,
    lag(l.site_org_id) OVER (PARTITION BY l.project_id ORDER BY l.as_of) AS previous_site_org_id
  FROM listed AS l
  QUALIFY previous_as_of IS NULL OR l.zone_id IS DISTINCT FROM previous_zone_id OR l.site_org_id IS DISTINCT FROM previous_site_org_id
)
SELECT
  c.project_id,                            -- 项目编号
  CASE WHEN c.previous_as_of IS NULL THEN DATE '1900-01-01' ELSE c.as_of END AS valid_from, -- 自何日起（含）
  lead(c.as_of) OVER (PARTITION BY c.project_id ORDER BY c.as_of) AS valid_until, -- 到何日止（不含），空为至今
  c.zone_id,                          -- 空间代码，空为未填
  c.site_org_id,                      -- 未填空间时以其主要场所定位的承担单位
  c.row_id                            -- 来源行
FROM changed_only AS c
