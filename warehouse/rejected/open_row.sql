-- 待改正的退回行：尚未被改正的每个退回行一行。
-- grain: row_id
SELECT
  m.row_id,                           -- 来源行号
  m.file_id,                          -- 文件号
  c.feed,
  c.department_id,
  c.sender,
  m.key,                              -- 编号，读不出的为 # 加所在位置
  c.opened_at
FROM rejected.correction AS c
JOIN given.mention AS m ON m.file_id = c.last_file_id AND m.key = c.key AND m.is_refused
JOIN raw.file AS f ON f.file_id = m.file_id AND f.is_standing
WHERE c.closed_file_id IS NULL
