-- 已完成任务：自完成之日起；没有佐证材料的计入并标“待佐证”。
-- grain: key, counts_from
SELECT t.* EXCLUDE (is_on_time, due_on)
FROM core.task_done AS t
