-- 报表：每张报表是什么、多久报一次、怎样报。
-- grain: feed
SELECT
  f.feed,               -- 报表代码
  f.title,              -- 报表名称
  f.summary,            -- 报什么
  f.mode,               -- full 全量表 / events 事件表
  f.rhythm,             -- 报送频率，见 ref.due_day
  coalesce(list(r.rule ORDER BY r.place) FILTER (r.rule IS NOT NULL), []) AS rules  -- 同一行里还要成立的，不成立即退回
FROM given.feeds AS f
LEFT JOIN given.rules AS r USING (feed)
GROUP BY ALL
