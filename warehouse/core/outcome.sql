-- 科技成果：一个成果编号一行；同一主体后报的替换先报的，多个部门按列取最近的非空值，空白不覆盖。
-- grain: outcome_id
WITH latest_of_sender AS (
  SELECT o.*, f.department_id, f.sender, f.as_of, f.received_at
  FROM raw.outcomes AS o
  JOIN raw.file AS f ON f.file_id = o.file_id AND f.is_standing
  QUALIFY row_number() OVER (PARTITION BY f.department_id, f.sender, o.outcome_id ORDER BY f.as_of DESC, o.row_id DESC) = 1
),
merged AS (
  SELECT
    o.outcome_id,
    arg_max(o.project_id, (o.as_of, o.row_id)) AS project_id,
    arg_max(o.outcome_name, (o.as_of, o.row_id)) AS outcome_name,
    arg_max(o.right_kind, (o.as_of, o.row_id)) AS right_kind,
    arg_max(o.route, (o.as_of, o.row_id)) AS route,
    arg_max(o.contract_no, (o.as_of, o.row_id)) AS contract_no,
    arg_max(o.signed_on, (o.as_of, o.row_id)) AS signed_on,
    arg_max(o.signed_precision, (o.as_of, o.row_id)) AS signed_precision,
    arg_max(o.implementer_org_id, (o.as_of, o.row_id)) AS implementer_org_id,
    arg_max(o.space_name, (o.as_of, o.row_id)) AS space_name,
    arg_max(o.landing_proof, (o.as_of, o.row_id)) AS landing_proof,
    arg_max(o.evidence_id, (o.as_of, o.row_id)) AS evidence_id,
    arg_max(o.landed_on, (o.as_of, o.row_id)) AS landed_on,
    arg_max(o.landed_precision, (o.as_of, o.row_id)) AS landed_precision,
    coalesce(arg_max(o.validity, (o.as_of, o.row_id)), 'valid') AS validity,
    arg_max(o.department_id, (o.as_of, o.row_id)) AS department_id,
    arg_max(o.sender, (o.as_of, o.row_id)) AS sender,
    max(o.received_at) AS known_at,
    arg_max(o.row_id, (o.as_of, o.row_id)) AS row_id,
    list(o.row_id ORDER BY o.row_id) AS source_row_ids
  FROM latest_of_sender AS o
  GROUP BY o.outcome_id
)
SELECT
  m.outcome_id,                       -- 成果编号
  m.project_id,                       -- 项目编号
  m.outcome_name,                     -- 成果名称
  m.right_kind,                       -- 权属类型
  m.route,                            -- 转化方式
  m.contract_no,                      -- 技术合同登记号
  m.signed_on,                        -- 签约日期
  m.signed_precision,                 -- 签约日期精度
  m.implementer_org_id,               -- 实施单位
  i.org_id IS NOT NULL AS is_implementer_known, -- 实施单位是否在主体库
  CASE WHEN m.space_name IS NULL THEN 'unplaced' ELSE coalesce(a.zone_id, 'unplaced') END AS zone_id, -- 落地空间
  m.landing_proof,                    -- 落地佐证
  m.landed_on,                        -- 落地日期
  m.landed_precision,                 -- 落地日期精度
  m.validity = 'void' AS is_void,     -- 已作废
  CASE WHEN m.route = 'own_use' THEN m.right_kind IS NOT NULL ELSE m.route IS NOT NULL AND m.contract_no IS NOT NULL END
    AS has_right,                     -- 权利是否落实：合同已登记，或自行实施且有权属
  e.evidence_id IS NULL AS is_pending, -- 待佐证
  p.direction_id,                     -- 重点转化方向
  m.department_id,                    -- 报送部门
  m.sender,                           -- 报送主体
  m.known_at,                         -- 何时得知
  m.row_id,                           -- 来源行
  m.source_row_ids,                   -- 各部门的来源行
  e.row_id AS evidence_row_id         -- 佐证材料的来源行
FROM merged AS m
LEFT JOIN core.organization AS i ON i.org_id = m.implementer_org_id
LEFT JOIN core.place_name AS a ON a.alias = translate(m.space_name, '（） 　', '()')
LEFT JOIN core.evidence AS e ON e.evidence_id = m.evidence_id
LEFT JOIN core.project AS p ON p.project_id = m.project_id
