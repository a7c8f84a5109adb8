-- 人才引进的人数，一期一类一个来源一个空间一行；只有人数，没有个人。
-- grain: key
SELECT
  concat_ws('|', t.department_id, t.sender, t.period_from, t.period_to, t.talent_class, coalesce(t.origin, ''), coalesce(t.zone_id, '')) AS key, -- 自然键
  'talent_report' AS entity_kind,     -- 对象种类
  concat_ws('|', t.period_to, t.talent_class, coalesce(t.origin, ''), coalesce(t.zone_id, '')) AS entity_id, -- 期间、类别、来源、空间
  t.period_to AS occurred_on,         -- 该期末日
  CASE WHEN t.period_to - t.period_from < 32 THEN 'M' WHEN t.period_to - t.period_from < 93 THEN 'Q' WHEN t.period_to - t.period_from < 185 THEN 'H'
    ELSE 'Y' END AS occurred_precision, -- 日期精度
  t.period_to AS counts_from,         -- 自何日起计（含）
  coalesce(t.zone_id, 'unplaced') AS zone_id, -- 承载区，未填的为未落区
  t.department_id,                    -- 报送部门
  t.sender AS reported_by,            -- 报送主体
  concat(t.talent_class, '_', coalesce(t.origin, 'unstated')) AS category, -- 类别与来源
  false AS is_pending,                -- 待佐证：不判
  t.known_at,                         -- 何时得知
  t.row_id,                           -- 来源行
  t.source_row_ids,                   -- 各部门的来源行
  t.talent_class,                     -- expert 专家 / graduate 毕业生 / team 团队
  t.arrivals,                         -- 引进人数（团队为个数）
  t.firms_founded                     -- 创办企业数
FROM core.talent_arrival AS t
