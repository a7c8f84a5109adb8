-- 印发、备案、获批都写明文号，文号在佐证材料目录中，且不与别的事项同号。
-- checked: core.policy_step WHERE step IN ('issued', 'filed', 'approved')
-- by: row_id
SELECT
  s.item_id,
  CASE WHEN s.document_no IS NULL THEN '没有文号' WHEN NOT s.is_catalogued THEN '文号 ' || s.document_no || ' 不在佐证材料目录'
    ELSE '文号 ' || s.document_no || ' 也是别的事项的' END AS found,
  s.row_id
FROM core.policy_step AS s
WHERE s.step IN ('issued', 'filed', 'approved')
  AND (s.document_no IS NULL OR NOT s.is_catalogued
    OR EXISTS (FROM core.policy_step AS o WHERE o.document_no = s.document_no AND o.item_key <> s.item_key))
ORDER BY s.item_id
