-- 主体的主要场所随时间：一个主体一段时间一行。
-- grain: org_id, valid_from
-- 首次登记的空间向前适用；空间不变的连续登记并成一段；写法不识的为未落区，“待定”视同未填。
WITH listed AS (
  SELECT r.org_id, f.as_of, r.row_id,
    CASE WHEN r.space_name IS NULL OR a.zone_id = 'unplaced' THEN NULL ELSE coalesce(a.zone_id, 'unplaced') END AS zone_id
  FROM raw.organizations AS r
  JOIN raw.file AS f ON f.file_id = r.file_id AND f.is_standing
  LEFT JOIN core.place_name AS a ON a.alias = translate(r.space_name, '（） 　', '()')
  QUALIFY row_number() OVER (PARTITION BY r.org_id, f.as_of ORDER BY r.row_id DESC) = 1
),
changed_only AS (
  SELECT l.*,
    lag(l.as_of) OVER (PARTITION BY l.org_id ORDER BY l.as_of) AS previous_as_of,
    lag(l.zone_id) OVER (PARTITION BY l.org_id ORDER BY l.as_of) AS previous_zone_id
  FROM listed AS l
  QUALIFY previous_as_of IS NULL OR l.zone_id IS DISTINCT FROM previous_zone_id
)
SELECT
  c.org_id,                            -- 统一社会信用代码
  CASE WHEN c.previous_as_of IS NULL THEN DATE '1900-01-01' ELSE c.as_of END AS valid_from, -- 自何日起（含）
  lead(c.as_of) OVER (PARTITION BY c.org_id ORDER BY c.as_of) AS valid_until, -- 到何日止（不含），空为至今
  c.zone_id,                          -- 空间代码，空为未填
  c.row_id                            -- 来源行
FROM changed_only AS c
