-- 退回与改正：一个编号从某次被退回起，到改正为止，一段一行；改正后又被退回，另起一段。
-- grain: feed, department_id, sender, key, opened_file_id
-- 由历次在册文件逐份推得，与何时刷新无关。改正：其后的文件接收了该编号；或接替的文件里不再有被退回的这一行。
-- 接替：整份名单，是同一报送主体其后收到、截至日不更早的一份；其余，是同名、同一截至日的后到一份。
WITH told AS (
  SELECT f.feed, f.department_id, f.sender, m.key, m.file_id, bool_or(m.is_refused) AS is_refused, count(*) AS rows, min(m.row_id) AS row_id
  FROM given.mention AS m
  JOIN raw.file AS f ON f.file_id = m.file_id
  GROUP BY f.feed, f.department_id, f.sender, m.key, m.file_id
),
succeeded AS (
  SELECT f.file_id, min(n.file_id) AS successor_id
  FROM raw.file AS f
  JOIN raw.file AS n ON n.feed = f.feed AND n.department_id = f.department_id AND n.sender = f.sender AND n.file_id > f.file_id
    AND CASE WHEN f.feed IN (SELECT w.feed FROM given.whole_list AS w) THEN n.as_of >= f.as_of ELSE n.as_of = f.as_of AND n.name = f.name END
  GROUP BY f.file_id
),
followed AS (
  SELECT t.*, s.successor_id,
    lead(t.file_id) OVER told_of AS next_id,
    coalesce(lead(t.is_refused) OVER told_of, false) AS is_next_refused
  FROM told AS t
  LEFT JOIN succeeded AS s ON s.file_id = t.file_id
  WINDOW told_of AS (PARTITION BY t.feed, t.department_id, t.sender, t.key ORDER BY t.file_id)
),
answered AS (
  SELECT f.*, CASE WHEN NOT f.is_next_refused THEN least(f.next_id, f.successor_id) WHEN f.successor_id < f.next_id THEN f.successor_id END AS answer_id
  FROM followed AS f
  WHERE f.is_refused
),
numbered AS (
  SELECT a.*, count(a.answer_id) OVER (PARTITION BY a.feed, a.department_id, a.sender, a.key ORDER BY a.file_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS episode_no
  FROM answered AS a
),
episodes AS (
  SELECT n.feed, n.department_id, n.sender, n.key, min(n.file_id) AS opened_file_id, max(n.file_id) AS last_file_id, count(*) AS times,
    arg_max(n.rows, n.file_id) AS rows, arg_max(n.row_id, n.file_id) AS row_id, max(n.answer_id) AS closed_file_id
  FROM numbered AS n
  GROUP BY n.feed, n.department_id, n.sender, n.key, n.episode_no
)
SELECT
  e.feed,                             -- 报表
  e.department_id,                    -- 报送部门
  e.sender,                           -- 报送主体，空为部门本身
  e.key,                              -- 编号，几列的以 | 相连；读不出的为 # 加所在位置
  e.opened_file_id,                   -- 首次退回它的文件
  o.received_at AS opened_at,         -- 首次退回于（UTC）
  e.last_file_id,                     -- 最近一次退回它的文件
  l.received_at AS last_seen_at,      -- 最近一次退回于（UTC）
  e.times,                            -- 连续退回了几份文件
  e.rows,                             -- 最近一份文件里有几行
  e.row_id,                           -- 最近一份文件里的首个退回行
  e.closed_file_id,                   -- 改正它的文件，空为尚未改正
  c.received_at AS closed_at,         -- 改正于（UTC）
  c.name AS closed_by,                -- 改正它的文件名
  t.key IS NOT NULL AS is_accepted,   -- 改正后已接收；否则是改正的文件里不再有它
  date_diff('day', o.received_at + INTERVAL 8 HOUR, c.received_at + INTERVAL 8 HOUR) AS days_to_correct -- 改正用了几天（Asia/Shanghai）
FROM episodes AS e
JOIN raw.file AS o ON o.file_id = e.opened_file_id
JOIN raw.file AS l ON l.file_id = e.last_file_id
LEFT JOIN raw.file AS c ON c.file_id = e.closed_file_id
LEFT JOIN told AS t ON t.feed = e.feed AND t.department_id = e.department_id AND t.sender = e.sender AND t.key = e.key AND t.file_id = e.closed_file_id
