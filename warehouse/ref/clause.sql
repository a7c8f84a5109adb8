-- 实施意见的 87 项可跟踪条款。
-- grain: clause_id
SELECT
  c.clause_id,                        -- 条款代码
  c.article,                          -- 所在条目
  c.text_zh,                          -- 内容
  c.tracked_as,                       -- 怎样跟踪
  c.departments,                      -- 责任部门，空格分隔
  c.responsibility,                   -- stated 原文明确 / inferred 推定
  c.feeds,                            -- 所需报表
  c.pages,                            -- 所在页面
  c.reason_zh,                        -- 没有指标的，为什么
  c.reason_en                         -- 英文的原因
FROM given.clauses AS c
