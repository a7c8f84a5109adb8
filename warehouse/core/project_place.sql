-- 项目所在空间随时间：登记的承载区；未填的，取承担单位的主要场所；都没有的为未落区。
-- grain: project_id, valid_from
WITH by_register AS (
  SELECT l.project_id, l.valid_from, l.valid_until, l.zone_id
  FROM core.project_listed_place AS l
  WHERE l.zone_id IS NOT NULL
),
left_blank AS (
  SELECT l.project_id, l.valid_from, l.valid_until, l.site_org_id
  FROM core.project_listed_place AS l
  WHERE l.zone_id IS NULL
),
by_main_site AS (
  SELECT b.project_id, greatest(b.valid_from, coalesce(o.valid_from, b.valid_from)) AS valid_from,
    least(b.valid_until, o.valid_until) AS valid_until, coalesce(o.zone_id, 'unplaced') AS zone_id
  FROM left_blank AS b
  LEFT JOIN core.organization_place AS o ON o.org_id = b.site_org_id
    AND (b.valid_until IS NULL OR o.valid_from < b.valid_until)
    AND (o.valid_until IS NULL OR o.valid_until > b.valid_from)
),
either AS (
  SELECT * FROM by_register
  UNION ALL
  SELECT * FROM by_main_site
)
SELECT
  e.project_id,                       -- 项目编号
  e.valid_from,                       -- 自何日起（含）
  e.valid_until,                      -- 到何日止（不含），空为至今
  e.zone_id                           -- 空间代码
FROM either AS e
