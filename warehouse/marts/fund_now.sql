-- 基金各数合计：最新截至日各基金指标按分类的合计与首末发生日；其他日子按同一查询另算。
-- grain: metric_id, fund_id, category
WITH day AS (
  SELECT max(f.as_of) AS as_of
  FROM raw.file AS f
  WHERE f.is_standing
)
SELECT
  t.metric_id,
  t.fund_id,
  t.category,
  sum(t.value) AS value,              -- 数值之和（元）
  min(t.occurred_on) FILTER (t.value <> 0) AS first_on, -- 首次发生之日，0 元的不算
  max(t.occurred_on) FILTER (t.value <> 0) AS last_on -- 末次发生之日，0 元的不算
FROM mart.fund_total AS t
JOIN day AS d ON t.counts_from <= d.as_of AND (t.counts_until IS NULL OR t.counts_until > d.as_of)
GROUP BY t.metric_id, t.fund_id, t.category
