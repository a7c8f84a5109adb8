-- 一体化服务办件的受理与办结，按计数行的样子：一件一行。空间为申请主体受理当日的主要场所。
-- grain: key
SELECT
  concat_ws('|', s.department_id, s.sender, s.case_id) AS key, -- 自然键：报送部门|报送主体|办件号
  'service_case' AS entity_kind,      -- 对象种类
  s.case_id AS entity_id,             -- 办件号
  s.accepted_on,                      -- 受理日期
  s.accepted_precision,               -- 受理日期精度
  s.closed_on,                        -- 办结日期，空为未办结
  s.closed_precision,                 -- 办结日期精度
  s.satisfaction,                     -- 满意度 1–5，空为未评
  coalesce(p.zone_id, 'unplaced') AS zone_id, -- 空间
  s.department_id,                    -- 报送部门
  s.sender AS reported_by,            -- 报送主体
  s.applicant_org_id AS org_id,       -- 申请主体
  s.service_kind AS category,         -- 服务类别
  false AS is_pending,                -- 待佐证：办件不判
  s.known_at,                         -- 何时得知
  s.row_id,                           -- 来源行
  s.source_row_ids                    -- 各部门的来源行
FROM core.service_case AS s
LEFT JOIN core.organization_place AS p ON p.org_id = s.applicant_org_id AND p.valid_from <= s.accepted_on
  AND (p.valid_until IS NULL OR p.valid_until > s.accepted_on)
