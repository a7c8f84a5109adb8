-- 应当报送的部门都报过至少一次。
-- checked: meta.coverage
-- by: sender
SELECT
  c.title,
  coalesce(d.name_zh, c.department_id) AS department,
  c.feed,
  c.department_id,
  c.sender
FROM meta.coverage AS c
LEFT JOIN ref.department AS d USING (department_id)
WHERE c.last_as_of IS NULL
ORDER BY c.feed, c.department_id
