-- 新区国有企业名单：“转股”后可以代持的单位，由联席会议确定，可改。
-- grain: enterprise_id
SELECT
  e.enterprise_id,                    -- 名单编号
  e.name_zh,                          -- 名称
  e.name_en,                          -- 英文名称
  e.aliases_zh,                       -- 别名，以 | 相隔
  e.org_id,                           -- 统一社会信用代码，未填的按名称在主体库里找
  e.status,                           -- 已定 / 拟定 / 未定
  e.clause_id,                        -- 依据条款
  e.note_zh                           -- 说明
FROM given.state_enterprises AS e
