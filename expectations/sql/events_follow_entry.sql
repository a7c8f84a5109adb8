-- 通过、未通过、暂停、恢复、退回之前，项目报过进入该阶段；没有报过的，进入日期不知道，不计时长。
-- checked: core.stage_event AS e WHERE e.is_counted AND e.event_type IN ('pass', 'fail', 'suspend', 'resume', 'regress')
-- by: row_id
WITH entered AS (
  SELECT e.project_id, e.stage_id, min(e.occurred_on) AS entered_on
  FROM core.stage_event AS e
  WHERE e.is_counted AND e.event_type IN ('enter', 'reenter')
  GROUP BY e.project_id, e.stage_id
)
SELECT
  e.project_id,
  s.name_zh AS stage,
  e.occurred_on,
  CASE WHEN n.entered_on IS NULL THEN '没有报过进入' ELSE '早于进入日 ' || n.entered_on END AS found,
  e.row_id
FROM core.stage_event AS e
JOIN ref.stage AS s ON s.stage_id = e.stage_id
LEFT JOIN entered AS n ON n.project_id = e.project_id AND n.stage_id = e.stage_id
WHERE e.is_counted AND e.event_type IN ('pass', 'fail', 'suspend', 'resume', 'regress') AND (n.entered_on IS NULL OR n.entered_on > e.occurred_on)
ORDER BY ALL
