-- 空间的图形：核心区和七个承载区各一，WGS-84；随本项目的是示意图形，由 geometry 命令换成业主的。
-- grain: zone_id
SELECT
  s.zone_id,                          -- 空间代码
  s.geometry,                         -- GeoJSON MultiPolygon，WGS-84
  s.label_longitude_deg::DOUBLE AS label_longitude_deg, -- 标注处的经度
  s.label_latitude_deg::DOUBLE AS label_latitude_deg, -- 标注处的纬度
  s.area_km2::DECIMAL(12, 3) AS area_km2, -- 面积（平方千米），在 WGS-84 椭球面上算
  s.source,                           -- 来源：schematic 为示意图形，否则为文件名
  s.licence,                          -- 许可
  s.datum,                            -- 交来时的坐标系
  s.source = 'schematic' AS is_schematic -- 示意图形，非真实边界
FROM given.zone_shapes AS s
