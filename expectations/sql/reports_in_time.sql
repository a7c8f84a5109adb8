-- 各部门按期报送：到期日（含）之前已报到应报的一期。
-- checked: meta.coverage WHERE last_as_of IS NOT NULL
-- by: sender
WITH clock AS (
  SELECT (coalesce(s.clock, s.known_at) + INTERVAL 8 HOUR)::DATE AS today -- Asia/Shanghai, all year round
  FROM meta.snapshot AS s
)
SELECT
  c.title,
  coalesce(d.name_zh, c.department_id) AS department,
  c.sender,
  '应于 ' || c.due_on || ' 前' AS found,
  c.feed,
  c.department_id
FROM meta.coverage AS c
CROSS JOIN clock AS k
LEFT JOIN ref.department AS d USING (department_id)
WHERE c.due_on < k.today
ORDER BY c.feed, c.department_id, c.sender
