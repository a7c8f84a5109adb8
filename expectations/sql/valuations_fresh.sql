-- 在投的基金每两个季度至少估值一次：最近一次估值距最新截至日不超过六个月。
-- checked: (SELECT max(v.row_id) AS row_id FROM core.fund_valuation AS v WHERE v.valued_until IS NULL GROUP BY v.fund_id)
-- by: row_id
WITH latest AS (
  SELECT w.entity_id AS fund_id, max(w.occurred_on) AS valued_on, arg_max(w.row_id, w.occurred_on) AS row_id
  FROM core.fund_worth AS w
  WHERE w.category = 'valued' AND w.counts_until IS NULL
  GROUP BY w.entity_id
)
SELECT
  l.fund_id,
  '最近估值日 ' || l.valued_on || '，截至 ' || s.newest_as_of AS found,
  l.row_id
FROM latest AS l
JOIN meta.snapshot AS s ON s.newest_as_of > last_day(l.valued_on + INTERVAL 6 MONTH)
ORDER BY l.fund_id
