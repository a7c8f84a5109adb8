-- 佐证材料：一份一行，各部门对同一编号的填报按列取最近的非空值，作废的不在内。
-- grain: evidence_id
SELECT
  e.evidence_id,                      -- 佐证材料编号
  e.document_name,                    -- 名称
  e.document_kind,                    -- 类型
  e.document_no,                      -- 文号
  e.made_on,                          -- 形成日期
  e.row_id                            -- 来源行
FROM given.evidence_latest AS e
