-- 同一行各格互不矛盾：日期不在将来、有先后，部分不大于整体，各项比例之和为 1。
-- checked: (SELECT s.row_id FROM raw.source_row AS s WHERE s.disposition = 'accepted' UNION ALL SELECT o.row_id FROM rejected.open_row AS o)
-- by: row_id
SELECT
  o.key,
  f.name || ' 第 ' || (o.row_id & 268435455) || ' 行：' || string_agg(a.reason, '；' ORDER BY a.heading) AS found,
  o.row_id
FROM rejected.open_row AS o
JOIN raw.file AS f USING (file_id)
JOIN rejected.open_reason AS a USING (row_id)
WHERE a.dimension = '准确性'
GROUP BY f.name, o.key, o.row_id
ORDER BY o.row_id
