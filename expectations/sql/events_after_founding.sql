-- 阶段事件的发生日期不早于承担单位的成立日期；早于的是错误，不计入任何指标。
-- checked: core.stage_event
-- by: row_id
SELECT e.project_id, e.event_id, e.occurred_on AS found, e.row_id
FROM core.stage_event AS e
WHERE e.is_premature AND NOT e.is_void
ORDER BY e.project_id, e.event_id
