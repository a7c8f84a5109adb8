-- 各月产值随企业主要场所变化的区间；所属期末日在区外的不计。
-- grain: org_id, outcome_id, calibre, period_to, counts_from
SELECT
  concat_ws('|', o.org_id, coalesce(o.outcome_id, '-'), o.calibre, strftime(o.period_to, '%Y-%m')) AS key, -- 自然键：企业|成果|口径|月份
  'organization' AS entity_kind,      -- 对象种类
  o.org_id AS entity_id,              -- 企业统一社会信用代码
  o.period_to AS occurred_on,         -- 所属期末日
  'M' AS occurred_precision,          -- 日期精度
  greatest(o.period_to, op.valid_from) AS counts_from, -- 自何日起计（含）
  op.valid_until AS counts_until,     -- 到何日止（不含），空为至今
  o.attributable_cny,                 -- 可归因产值（元），空为未归因
  o.amount_cny,                       -- 产值（元，不含税）
  coalesce(op.zone_id, 'unplaced') AS zone_id, -- 空间
  o.department_id,                    -- 报送部门
  o.sender AS reported_by,            -- 报送主体
  o.org_id,                           -- 企业统一社会信用代码
  o.calibre AS category,              -- 产值口径
  o.outcome_id,                       -- 成果编号
  o.calibre,                          -- 产值口径
  o.period_from,                      -- 所属期首日
  o.period_to,                        -- 所属期末日
  false AS is_pending,                -- 待佐证：产值不判
  o.known_at,                         -- 何时得知
  o.row_id,                           -- 来源行
  o.source_row_ids                    -- 其他来源行
FROM core.output_month AS o
LEFT JOIN core.organization_place AS op ON op.org_id = o.org_id AND (op.valid_until IS NULL OR op.valid_until > o.period_to)
WHERE NOT EXISTS (
  FROM core.organization_place AS away
  WHERE away.org_id = o.org_id AND away.zone_id = 'outside'
    AND away.valid_from <= o.period_to AND (away.valid_until IS NULL OR away.valid_until > o.period_to))
