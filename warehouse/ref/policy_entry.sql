-- 制度与申报清单：实施意见要求建立、制定、申报或争取的各项，不论是否已起步。
-- grain: entry_id
SELECT
  e.entry_id,                         -- 清单事项代码
  e.name_zh,                          -- 名称
  e.name_en,                          -- 英文名称
  e.kind,                             -- rule 制度 / plan 规划 / application 申报 / advocacy 政策争取
  e.keywords,                         -- 名称中含其一的报送事项归入本项，竖线分隔
  e.clause_id,                        -- 依据条款
  e.departments,                      -- 责任部门，空格分隔，牵头的在先
  e.basis,                            -- stated 原文点名 / inferred 由条款推出
  e.wording,                          -- 原文
  row_number() OVER (ORDER BY e.clause_id, e.entry_id) AS place -- 按条款排的次序
FROM given.policy_entries AS e
