-- 任务：一项一行，取现行名单。
-- grain: task_id
SELECT
  v.* EXCLUDE (valid_until)
FROM core.task_version AS v
WHERE v.valid_until IS NULL
