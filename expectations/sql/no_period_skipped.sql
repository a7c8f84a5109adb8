-- 按月、按季、按半年报送的报表，从开始报送的一期到最近一期，没有缺期。
-- checked: (SELECT DISTINCT feed, department_id, sender, as_of FROM raw.file WHERE is_standing)
-- by: sender
WITH told AS (
  SELECT f.feed, f.department_id, f.sender, c.title, d.months,
    (year(f.as_of) * 12 + month(f.as_of) - 1) // d.months AS period_no,
    (year(f.received_at) * 12 + month(f.received_at) - 1) // d.months - 1 AS due_no -- what had last ended when it came
  FROM raw.file AS f
  JOIN meta.coverage AS c ON c.feed = f.feed AND c.department_id = f.department_id AND c.sender = f.sender
  JOIN ref.due_day AS d ON d.rhythm = c.rhythm
  WHERE f.is_standing AND c.rhythm <> 'events'
),
periods AS (
  SELECT DISTINCT t.feed, t.department_id, t.sender, t.title, t.months, t.period_no,
    min(t.due_no) OVER (PARTITION BY t.feed, t.department_id, t.sender) AS begun_no
  FROM told AS t
),
followed AS (
  SELECT p.*, greatest(p.period_no + 1, p.begun_no) AS first_no, lead(p.period_no) OVER (PARTITION BY p.feed, p.department_id, p.sender ORDER BY p.period_no) AS next_no
  FROM periods AS p
)
SELECT
  f.title,
  f.sender,
  f.first_no * f.months // 12 || ' 年 ' || (f.first_no * f.months % 12 + 1) || ' 月起' AS since,
  '缺 ' || (f.next_no - f.first_no) || ' 期' AS found,
  f.feed,
  f.department_id
FROM followed AS f
WHERE f.next_no > f.first_no
ORDER BY f.feed, f.department_id, f.sender, f.period_no
