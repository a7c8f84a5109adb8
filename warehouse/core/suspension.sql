-- 暂停：项目暂停一次为一段，到恢复或有别的进展（通过、退回、终止、进入阶段）为止。
-- grain: row_id
-- 连报几次暂停的为一段；未通过、迁移不结束暂停。从未暂停过的项目不必排序。
WITH moves AS ( -- few columns: they are put in order
  SELECT e.project_id, e.occurred_on, e.told_row_id, e.row_id, e.event_type = 'suspend' AS is_suspend
  FROM core.stage_event AS e
  WHERE e.is_counted AND e.event_type NOT IN ('fail', 'transfer')
    AND e.project_id IN (SELECT s.project_id FROM core.stage_event AS s WHERE s.event_type = 'suspend' AND s.is_counted)
),
followed AS (
  SELECT m.row_id, m.occurred_on, m.is_suspend, lag(m.is_suspend, 1, false) OVER w AS was_suspended,
    lead(CASE WHEN NOT m.is_suspend THEN m.occurred_on END IGNORE NULLS) OVER w AS resumed_on
  FROM moves AS m
  WINDOW w AS (PARTITION BY m.project_id ORDER BY m.occurred_on, m.told_row_id)
)
SELECT
  e.root_project_id,                  -- 根项目编号
  e.project_id,                       -- 项目编号
  e.stage_id,                         -- 阶段
  f.occurred_on AS suspended_on,      -- 暂停日期
  f.resumed_on,                       -- 恢复或有别的进展的日期，空为仍暂停
  f.row_id                            -- 来源行（暂停事件）
FROM followed AS f
JOIN core.stage_event AS e ON e.row_id = f.row_id
WHERE f.is_suspend AND NOT f.was_suspended AND (f.resumed_on IS NULL OR f.resumed_on > f.occurred_on)
