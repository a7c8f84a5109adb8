-- 主体与空间单元的坐标，一律换算为 WGS-84（CGCS2000 与之在厘米内一致，照用）。
-- grain: entity_kind, entity_id
-- GCJ-02 由公开的偏移公式逐次逼近反算（五次，误差远小于一米）；BD-09 先按公开公式还原为 GCJ-02。未写坐标系的不用。
WITH RECURSIVE told AS (
  SELECT 'organization' AS entity_kind, o.org_id AS entity_id, o.longitude_deg, o.latitude_deg, o.datum, o.row_id
  FROM raw.organizations AS o
  JOIN core.organization AS c ON c.row_id = o.row_id
  UNION ALL
  SELECT 'premise' AS entity_kind, p.unit_id AS entity_id, p.longitude_deg, p.latitude_deg, p.datum, p.row_id
  FROM core.premise AS p
),
complete AS (
  SELECT t.*, t.longitude_deg - 0.0065 AS x, t.latitude_deg - 0.006 AS y
  FROM told AS t
  WHERE t.longitude_deg IS NOT NULL AND t.latitude_deg IS NOT NULL AND t.datum IS NOT NULL
),
polar AS (
  SELECT c.*,
    sqrt(c.x * c.x + c.y * c.y) - 0.00002 * sin(c.y * pi() * 3000 / 180) AS radius,
    atan2(c.y, c.x) - 0.000003 * cos(c.x * pi() * 3000 / 180) AS angle
  FROM complete AS c
),
mars AS (
  SELECT p.entity_kind, p.entity_id, p.datum, p.row_id,
    CASE WHEN p.datum = 'bd09' THEN p.radius * cos(p.angle) ELSE p.longitude_deg END AS longitude_deg,
    CASE WHEN p.datum = 'bd09' THEN p.radius * sin(p.angle) ELSE p.latitude_deg END AS latitude_deg
  FROM polar AS p
),
nearing AS (
  SELECT m.entity_kind, m.entity_id, m.longitude_deg, m.latitude_deg, m.longitude_deg AS found_longitude_deg, m.latitude_deg AS found_latitude_deg,
    0 AS step
  FROM mars AS m
  WHERE m.datum IN ('gcj02', 'bd09')
  UNION ALL
  SELECT n.entity_kind, n.entity_id, n.longitude_deg, n.latitude_deg,
    n.longitude_deg - (300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
      + (20 * sin(6 * x * pi()) + 20 * sin(2 * x * pi())) * 2 / 3
      + (20 * sin(x * pi()) + 40 * sin(x / 3 * pi())) * 2 / 3
      + (150 * sin(x / 12 * pi()) + 300 * sin(x / 30 * pi())) * 2 / 3)
      * 180 / (6378245 / sqrt(1 - ee * sin(phi) * sin(phi)) * cos(phi) * pi()) AS found_longitude_deg,
    n.latitude_deg - (-100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
      + (20 * sin(6 * x * pi()) + 20 * sin(2 * x * pi())) * 2 / 3
      + (20 * sin(y * pi()) + 40 * sin(y / 3 * pi())) * 2 / 3
      + (160 * sin(y / 12 * pi()) + 320 * sin(y / 30 * pi())) * 2 / 3)
      * 180 / (6378245 * (1 - ee) / pow(1 - ee * sin(phi) * sin(phi), 1.5) * pi()) AS found_latitude_deg,
    n.step + 1 AS step
  FROM (
    SELECT e.*, e.found_longitude_deg - 105 AS x, e.found_latitude_deg - 35 AS y, radians(e.found_latitude_deg) AS phi,
      0.00669342162296594323 AS ee
    FROM nearing AS e
  ) AS n
  WHERE n.step < 5
)
SELECT
  m.entity_kind,                      -- organization 主体 / premise 空间单元
  m.entity_id,                        -- 统一社会信用代码或空间单元编号
  coalesce(n.found_longitude_deg, m.longitude_deg)::DOUBLE AS longitude_deg, -- 经度（WGS-84）
  coalesce(n.found_latitude_deg, m.latitude_deg)::DOUBLE AS latitude_deg, -- 纬度（WGS-84）
  m.datum,                            -- 报送时的坐标系
  m.row_id                            -- 来源行
FROM mars AS m
LEFT JOIN nearing AS n ON n.entity_kind = m.entity_kind AND n.entity_id = m.entity_id AND n.step = 5
