-- 主体：一个统一社会信用代码一行，取最近一次有效登记。
-- grain: org_id
SELECT
  o.org_id,                           -- 统一社会信用代码
  o.org_name,                         -- 名称
  o.org_kind,                         -- 主体类型
  o.industry_code,                    -- 行业代码
  o.origin,                           -- 来源：incubated 孵化 / attracted 引进 / local 本地
  o.group_name,                       -- 企业集团
  o.is_leading,                       -- 是否龙头企业
  o.founded_on,                       -- 成立日期
  o.moved_in_on,                      -- 入驻日期
  o.moved_out_on,                     -- 迁出日期
  f.as_of AS listed_on,               -- 最近一次登记的截至日
  o.row_id                            -- 来源行
FROM raw.organizations AS o
JOIN raw.file AS f ON f.file_id = o.file_id AND f.is_standing
QUALIFY row_number() OVER (PARTITION BY o.org_id ORDER BY f.as_of DESC, o.row_id DESC) = 1
