-- 报表的列：部门填什么，怎样填；由报表的声明写出。
-- grain: feed, place
SELECT
  f.feed,               -- 报表代码
  f.place,              -- 第几列
  f.heading,            -- 列名
  f.meaning,            -- 填什么
  f.is_required,        -- 必填
  f.is_key,             -- 属于编号
  f.aliases             -- 也认得的列名，以“|”隔开
FROM given.fields AS f
