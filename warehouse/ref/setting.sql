-- 可由联席会议改动的参数。
-- grain: setting_id
SELECT
  s.setting_id,                       -- 参数代码
  CASE WHEN s.status = '未定' THEN s.value::DECIMAL(20, 6)
    ELSE coalesce(s.value::DECIMAL(20, 6), error('参数 ' || s.setting_id || ' 没有取值')) END AS value, -- 取值；未定的可为空
  s.unit,                             -- 单位
  s.status,                           -- 已定 / 拟定 / 未定
  s.clause_id,                        -- 依据条款
  s.note_zh                           -- 说明
FROM given.settings AS s
