-- 报送到位情况：每张报表每个报送主体一行，应报而从未报的也在内。
-- grain: feed, department_id, sender
-- 有数起于：首个文件的截至日与其中最早的发生日，取早者；到期日按报送频率由最近截至日推出。
WITH senders AS (
  SELECT f.feed, f.department_id, f.sender, min(f.as_of) AS first_as_of, max(f.as_of) AS last_as_of,
    arg_max(f.name, (f.as_of, f.file_id)) AS last_file, arg_max(f.accepted, (f.as_of, f.file_id)) AS accepted,
    arg_max(f.refused, (f.as_of, f.file_id)) AS refused
  FROM raw.file AS f
  WHERE f.is_standing
  GROUP BY f.feed, f.department_id, f.sender
),
expected AS (
  SELECT e.feed, e.department_id, '' AS sender
  FROM given.expected AS e
  WHERE NOT EXISTS (FROM senders AS s WHERE s.feed = e.feed AND s.department_id = e.department_id)
),
either AS (
  SELECT * FROM senders
  UNION ALL BY NAME
  SELECT * FROM expected
),
counted AS (
  SELECT e.*, g.rhythm, g.mode, g.title, d.months, d.due_day,
    last_day(make_date(year(e.last_as_of), ((month(e.last_as_of) - 1) // d.months + 1) * d.months, 1)) AS period_end
  FROM either AS e
  JOIN given.feeds AS g ON g.feed = e.feed
  JOIN ref.due_day AS d ON d.rhythm = g.rhythm
)
SELECT
  c.feed,                             -- 报表
  c.title,                            -- 报表名称
  c.department_id,                    -- 报送部门
  c.sender,                           -- 报送主体，空为部门本身
  c.rhythm,                           -- 报送频率
  c.mode,                             -- full 清单，每份是全部；events 流水，各份相加
  least(c.first_as_of, o.first_on) AS covered_from, -- 有数起于
  c.last_as_of,                       -- 最近截至日
  c.last_file,                        -- 最近文件
  c.accepted,                         -- 最近文件接收行数
  c.refused,                          -- 最近文件退回行数
  CASE WHEN c.last_as_of < c.period_end THEN c.period_end ELSE last_day(c.period_end + to_months(c.months)) END
    + c.due_day AS due_on             -- 下次到期日，空为从未报送
FROM counted AS c
LEFT JOIN given.first_days AS o ON o.feed = c.feed AND o.department_id = c.department_id AND o.sender = c.sender
