-- 实施意见所列载体与配套，对应到平台台账中的平台：同一空间内，平台名称含其名称或别名。
-- grain: facility_id, platform_id
-- 龙头企业不是平台，不对应；一个平台可对应两项，如一条中试生产线也是依托载体。
WITH written AS (
  SELECT f.facility_id, f.zone_id, unnest(string_split(concat_ws('|', f.name_zh, f.aliases_zh), '|')) AS name
  FROM ref.zone_facility AS f
  WHERE f.kind <> 'leader'
)
SELECT DISTINCT
  w.facility_id,                      -- 实施意见所列的编号
  p.platform_id                       -- 平台编号
FROM written AS w
JOIN core.platform_version AS p ON p.zone_id = w.zone_id AND contains(p.platform_name, w.name)
WHERE w.name <> ''
