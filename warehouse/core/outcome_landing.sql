-- 落地的成果：权利落实、实施单位在册、落在一核七区、有落地佐证和日期，五条都满足。
-- grain: key
SELECT
  o.outcome_id AS key,                -- 自然键：成果编号
  'outcome' AS entity_kind,           -- 对象种类
  o.outcome_id AS entity_id,          -- 成果编号
  o.landed_on AS occurred_on,         -- 落地日期
  o.landed_precision AS occurred_precision, -- 日期精度
  greatest(o.landed_on, g.base_on) AS counts_from, -- 自何日起计（含）；基准日前落地的自基准日起
  1 AS value,                         -- 计一项
  o.zone_id,                          -- 落地空间
  o.department_id,                    -- 报送部门
  o.sender AS reported_by,            -- 报送主体
  o.direction_id,                     -- 重点转化方向
  'landed' AS stage_id,               -- 阶段
  o.implementer_org_id AS org_id,     -- 实施单位
  o.right_kind AS category,           -- 权属类型
  o.is_pending,                       -- 待佐证
  o.known_at,                         -- 何时得知
  o.row_id,                           -- 来源行
  list_append(o.source_row_ids, o.evidence_row_id) AS source_row_ids -- 其他来源行：各部门填报、佐证材料
FROM core.outcome AS o
JOIN ref.goal AS g ON g.goal_id = 'g3'
JOIN ref.zone AS z ON z.zone_id = o.zone_id AND z.kind <> 'bucket'
WHERE NOT o.is_void AND o.has_right AND o.is_implementer_known AND o.landing_proof IS NOT NULL AND o.landed_on IS NOT NULL
