-- 场所需求的申请与满足，按计数行的样子：一件一行。空间为申请主体申请当日的主要场所，与是否已满足无关。
-- grain: key
SELECT
  concat_ws('|', r.department_id, r.sender, r.request_id) AS key, -- 自然键：报送部门|报送主体|申请编号
  'space_request' AS entity_kind,     -- 对象种类
  r.request_id AS entity_id,          -- 申请编号
  r.requested_on,                     -- 申请日期
  r.requested_precision,              -- 申请日期精度
  r.met_on,                           -- 满足日期，空为未满足
  r.met_precision,                    -- 满足日期精度
  r.requested_precision = 'D' AND coalesce(r.met_precision, 'D') = 'D' AS is_dated, -- 起止都到日，可计天数
  coalesce(p.zone_id, 'unplaced') AS zone_id, -- 空间
  r.department_id,                    -- 报送部门
  r.sender AS reported_by,            -- 报送主体
  r.applicant_org_id AS org_id,       -- 申请主体
  'need_' || r.need_kind AS category, -- 需求类型
  false AS is_pending,                -- 待佐证：需求不判
  r.known_at,                         -- 何时得知
  r.row_id,                           -- 来源行
  r.source_row_ids                    -- 各部门的来源行
FROM core.space_request AS r
LEFT JOIN core.organization_place AS p ON p.org_id = r.applicant_org_id AND p.valid_from <= r.requested_on
  AND (p.valid_until IS NULL OR p.valid_until > r.requested_on)
