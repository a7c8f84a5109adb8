-- 制度与申报的各环节：一个事项的一个环节一行，后报的更正先报的，作废的不在内。
-- grain: department_id, sender, item_id, step
SELECT
  v.* EXCLUDE (validity),
  d.department_id AS responsible_department_id, -- 责任单位代码；写法不识的为空
  c.clause_id IS NOT NULL AS is_clause_known, -- 条款是否在条款表
  concat_ws('/', v.department_id, v.sender, v.item_id) AS item_key, -- 报送部门、报送主体与事项编号
  CASE WHEN v.step IN ('drafting', 'applied') THEN 1 WHEN v.step IN ('consultation', 'accepted') THEN 2
    WHEN v.step = 'filed' THEN 4 ELSE 3 END AS step_order, -- 环节的先后
  v.step IN ('issued', 'filed', 'approved', 'declined') AS is_closing, -- 办结的环节：印发、备案、获批、未获批
  v.document_no IN (SELECT e.document_no FROM core.evidence AS e) AS is_catalogued -- 文号是否在佐证材料目录；没有文号的为空
FROM given.policies_latest AS v
LEFT JOIN ref.department_alias AS d ON d.alias = lower(translate(v.unit_name, '（） 　', '()'))
LEFT JOIN ref.clause AS c ON c.clause_id = v.clause_id
