-- 基金投资的检验：截至最新截至日，各基金的投资按投资时阶段与投早、投长期、投硬科技的判定合计；其他日子按同一查询另算。
-- grain: fund_id, stage_id, is_early, is_long, is_hard
-- 报表没有写明的，判定为空。
WITH day AS (
  SELECT max(f.as_of) AS as_of
  FROM raw.file AS f
  WHERE f.is_standing
),
patented AS (
  SELECT DISTINCT p.root_project_id
  FROM core.outcome AS o
  JOIN core.project AS p ON p.project_id = o.project_id
  WHERE o.right_kind = 'patent' AND NOT o.is_void
)
SELECT
  f.entity_id AS fund_id,             -- 基金编号
  f.stage_id,
  f.is_first_institutional OR s.stage_order <= (SELECT x.stage_order FROM ref.stage AS x WHERE x.stage_id = 'pilot') AS is_early, -- 投早
  f.holding_years >= 5 AS is_long,    -- 投长期
  CASE WHEN p.project_id IS NOT NULL THEN p.direction_id IS NOT NULL AND a.root_project_id IS NOT NULL END AS is_hard, -- 投硬科技
  sum(f.amount_cny) AS amount_cny,    -- 金额（元）
  count(*) AS deals                   -- 笔数
FROM core.fund_entry AS f
JOIN day AS d ON f.occurred_on <= d.as_of
LEFT JOIN ref.stage AS s ON s.stage_id = f.stage_id
LEFT JOIN core.project AS p ON p.project_id = f.root_project_id
LEFT JOIN patented AS a ON a.root_project_id = f.root_project_id
WHERE f.flow_kind = 'investment'
GROUP BY ALL
