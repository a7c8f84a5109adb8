-- 底图：县区轮廓、跑道与几处地名，只作背景。
-- grain: feature_id
SELECT
  b.feature_id,                       -- 编号，县区为行政区划代码
  b.kind,                             -- city 市 / county 县区 / runway 跑道 / airport 机场 / town 城镇
  b.name_zh,                          -- 名称
  b.name_en,                          -- 英文名称
  b.geometry,                         -- GeoJSON，WGS-84（CGCS2000 与之在厘米内一致）
  b.source,                           -- 来源
  b.source_en,                        -- 英文来源
  b.licence,                          -- 许可
  b.licence_en,                       -- 英文许可
  b.datum                             -- 坐标系
FROM given.basemap AS b
