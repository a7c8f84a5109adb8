-- 漏斗明细：最新截至日各漏斗指标按阶段、分类与空间分组，每组最近发生的五十行连同名称，在途的另有最早的二十行；页面不必在全部行里找。
-- grain: metric_id, key
-- 末日、首日同日发生的都在内，故一组可多于五十行；合计见 mart.funnel_zone_now。
WITH day AS (
  SELECT max(f.as_of) AS as_of
  FROM raw.file AS f
  WHERE f.is_standing
),
kept AS MATERIALIZED ( -- few columns of all rows; the others of these alone
  SELECT c.rowid AS place, t.last_zone_id, t.first_zone_id
  FROM mart.contribution AS c
  JOIN day AS d ON c.counts_from <= d.as_of AND (c.counts_until IS NULL OR c.counts_until > d.as_of)
  LEFT JOIN core.project_trait AS t ON t.root_project_id = c.entity_id AND t.valid_from <= d.as_of AND (t.valid_until IS NULL OR t.valid_until > d.as_of)
  JOIN mart.funnel_zone_now AS g ON g.metric_id = c.metric_id AND g.stage_id = c.stage_id AND g.category = coalesce(c.category, '')
    AND g.zone_id = c.zone_id AND g.last_zone_id IS NOT DISTINCT FROM t.last_zone_id AND g.first_zone_id IS NOT DISTINCT FROM t.first_zone_id
    AND (c.occurred_on >= g.latest_on OR c.metric_id = 'funnel_stock' AND c.occurred_on <= g.earliest_on)
)
SELECT
  c.metric_id,                        -- 指标
  c.key,                              -- 自然键
  c.entity_kind,                      -- 对象种类
  c.entity_id,                        -- 根项目编号
  c.org_id,                           -- 承担单位代码
  n.name_zh,                          -- 项目名称；空为未建档
  n.name_en,                          -- 项目的英文名称
  o.org_name,                         -- 承担单位，按主体库
  p.lead_org_name,                    -- 牵头单位，按项目库
  c.occurred_on,                      -- 发生日期
  c.occurred_precision,               -- 日期精度
  c.counts_from,                      -- 自何日起计（含）
  c.value,                            -- 数值
  c.zone_id,                          -- 空间
  k.last_zone_id,                     -- 根项目的末次空间
  k.first_zone_id,                    -- 根项目的首次空间
  c.stage_id,                         -- 阶段
  c.category,                         -- 分类
  c.is_pending,                       -- 待佐证
  c.row_id                            -- 来源行
FROM kept AS k
JOIN mart.contribution AS c ON c.rowid = k.place
LEFT JOIN core.entity_name AS n ON n.entity_kind = c.entity_kind AND n.entity_id = c.entity_id
LEFT JOIN core.project AS p ON p.project_id = c.entity_id
LEFT JOIN core.organization AS o ON o.org_id = c.org_id
