-- 按期完成的任务：完成日期不晚于现行时限，自时限之日起计，与到期任务同一口径。
-- grain: key, counts_from
SELECT
  t.* EXCLUDE (is_on_time, due_on, counts_from),
  t.due_on AS counts_from
FROM core.task_done AS t
WHERE t.is_on_time
