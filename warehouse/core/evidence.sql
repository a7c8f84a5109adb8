-- 佐证材料：一份一行，各部门对同一编号的填报按列取最近的非空值。
-- grain: evidence_id
SELECT
  e.evidence_id,                      -- 佐证材料编号
  arg_max(e.document_name, (f.as_of, e.row_id)) AS document_name, -- 名称
  arg_max(e.document_kind, (f.as_of, e.row_id)) AS document_kind, -- 类型
  arg_max(e.document_no, (f.as_of, e.row_id)) AS document_no, -- 文号
  arg_max(e.made_on, (f.as_of, e.row_id)) AS made_on, -- 形成日期
  max_by(e.row_id, (f.as_of, e.row_id)) AS row_id -- 来源行
FROM raw.evidence AS e
JOIN raw.file AS f ON f.file_id = e.file_id AND f.is_standing
GROUP BY e.evidence_id
