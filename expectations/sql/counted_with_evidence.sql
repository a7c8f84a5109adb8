-- 截至最新截至日计入 2027 年目标的各项都有立项文号或佐证材料；没有的计入，标“待佐证”。
-- checked: mart.contribution AS c JOIN ref.goal AS g USING (metric_id) JOIN meta.snapshot AS s ON c.counts_from <= s.newest_as_of AND (c.counts_until IS NULL OR c.counts_until > s.newest_as_of)
-- by: row_id
SELECT
  g.name_zh,
  c.key,
  c.row_id
FROM mart.contribution AS c
JOIN ref.goal AS g USING (metric_id)
JOIN meta.snapshot AS s ON c.counts_from <= s.newest_as_of AND (c.counts_until IS NULL OR c.counts_until > s.newest_as_of)
WHERE c.is_pending
ORDER BY c.metric_id, c.key
