-- 基金中财政与国有企业的份额随时间，各路径相加；可穿透比例不足 1 的，是下限。
-- grain: fund_id, valid_from
WITH turns AS (
  SELECT l.fund_id, l.valid_from AS on_day FROM core.look_through AS l
  UNION
  SELECT l.fund_id, l.valid_until AS on_day FROM core.look_through AS l WHERE l.valid_until IS NOT NULL
),
spans AS (
  SELECT t.fund_id, t.on_day AS valid_from, lead(t.on_day) OVER (PARTITION BY t.fund_id ORDER BY t.on_day) AS valid_until
  FROM turns AS t
)
SELECT
  s.fund_id,                          -- 基金编号
  s.valid_from,                       -- 自何日起（含）
  any_value(s.valid_until) AS valid_until, -- 到何日止（不含），空为至今
  least(coalesce(sum(l.path_share) FILTER (l.is_public), 0), 1)::DECIMAL(18, 12) AS public_share, -- 财政与国有企业的份额（0–1）
  least(coalesce(sum(l.path_share) FILTER (l.is_looked_through), 0), 1)::DECIMAL(18, 12) AS looked_through_share, -- 可穿透比例（0–1）
  coalesce(list(DISTINCT l.row_id) FILTER (l.is_public), []) AS share_row_ids -- 份额的来源行
FROM spans AS s
JOIN core.look_through AS l ON l.fund_id = s.fund_id AND l.valid_from <= s.valid_from AND (l.valid_until IS NULL OR l.valid_until > s.valid_from)
GROUP BY s.fund_id, s.valid_from
