-- 报送期限：各报送频率的到期日，拟定。
-- grain: rhythm
SELECT
  d.rhythm,                           -- 频率
  d.months::INTEGER AS months,        -- 每期月数
  d.due_day::INTEGER AS due_day,      -- 期后首月的到期日
  d.status,                           -- 口径状态
  d.note_zh                           -- 说明
FROM given.due_days AS d
