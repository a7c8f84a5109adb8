-- 地方的各种写法：空间的名称与别名，以及载体台账里的楼宇；去空白、括号作半角后比较。
-- grain: alias
-- 楼宇取最近一次登记的空间；与空间写法相同的楼宇名，以空间为准。
WITH buildings AS (
  SELECT translate(v.building_name, '（） 　', '()') AS alias, a.zone_id, v.valid_from, v.row_id
  FROM given.premises_version AS v
  JOIN ref.zone_alias AS a ON a.alias = translate(v.space_name, '（） 　', '()')
  WHERE a.zone_id <> 'unplaced'
)
SELECT
  z.alias,
  z.zone_id,
  false AS is_building
FROM ref.zone_alias AS z
UNION ALL
SELECT
  b.alias,                            -- 写法
  arg_max(b.zone_id, (b.valid_from, b.row_id)) AS zone_id, -- 空间代码
  true AS is_building                 -- 是楼宇名
FROM buildings AS b
WHERE NOT EXISTS (FROM ref.zone_alias AS z WHERE z.alias = b.alias)
GROUP BY b.alias
