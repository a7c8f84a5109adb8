-- 空间的各种写法：名称与别名，去空白、括号作半角后比较。
-- grain: alias
WITH written AS (
  SELECT z.zone_id, z.name_zh AS alias FROM given.zones AS z
  UNION
  SELECT z.zone_id, unnest(string_split(z.aliases_zh, '|')) AS alias FROM given.zones AS z
)
SELECT DISTINCT
  translate(w.alias, '（） 　', '()') AS alias, -- 写法（去空白，括号作半角）
  w.zone_id                           -- 空间代码
FROM written AS w
WHERE w.alias <> ''
