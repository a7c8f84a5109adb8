-- 同一报送主体同一报表，最近一份文件的行数与以往各份相当：不少于以往中位数的三分之一，不多于三倍；以往不足三份的不比。
-- checked: (SELECT feed, department_id, sender FROM raw.file WHERE is_standing GROUP BY ALL HAVING count(*) > 3)
-- by: sender
WITH told AS (
  SELECT f.*, row_number() OVER (PARTITION BY f.feed, f.department_id, f.sender ORDER BY f.as_of DESC, f.file_id DESC) AS place
  FROM raw.file AS f
  WHERE f.is_standing
),
compared AS (
  SELECT t.feed, t.department_id, t.sender, any_value(t.name) FILTER (t.place = 1) AS name, any_value(t.rows_read) FILTER (t.place = 1) AS now,
    median(t.rows_read) FILTER (t.place > 1) AS before, count(*) FILTER (t.place > 1) AS earlier
  FROM told AS t
  GROUP BY t.feed, t.department_id, t.sender
)
SELECT
  c.name,
  c.now || ' 行，以往 ' || c.earlier || ' 份的中位数 ' || c.before || ' 行' AS found,
  c.feed,
  c.department_id,
  c.sender
FROM compared AS c
WHERE c.earlier >= 3 AND abs(c.now - c.before) > 10 AND (c.now * 3 < c.before OR c.now > c.before * 3)
ORDER BY c.feed, c.department_id, c.sender
