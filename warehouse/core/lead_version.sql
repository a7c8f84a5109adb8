-- 招引项目随时间：一条线索一段时间一行。
-- grain: department_id, sender, lead_id, valid_from
SELECT
  v.*,
  CASE WHEN v.space_name IS NULL THEN 'unplaced' ELSE coalesce(a.zone_id, 'unplaced') END AS zone_id, -- 意向空间；未定、写法不识的为未落区
  p.project_id IS NOT NULL AS is_project_listed -- 项目是否在项目库
FROM given.leads_version AS v
LEFT JOIN core.place_name AS a ON a.alias = translate(v.space_name, '（） 　', '()')
LEFT JOIN core.project AS p ON p.project_id = v.project_id
