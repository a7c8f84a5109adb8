-- 部门的各种写法：代码、名称与别名，去空白、括号作半角、不分大小写后比较。
-- grain: alias
WITH written AS (
  SELECT d.department_id, d.department_id AS alias FROM given.departments AS d
  UNION
  SELECT d.department_id, d.name_zh AS alias FROM given.departments AS d
  UNION
  SELECT d.department_id, unnest(string_split(d.aliases_zh, '|')) AS alias FROM given.departments AS d
)
SELECT DISTINCT
  lower(translate(w.alias, '（） 　', '()')) AS alias, -- 写法
  w.department_id                     -- 部门代码
FROM written AS w
WHERE w.alias <> ''
