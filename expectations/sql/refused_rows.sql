SELECT
  o.key,
  f.name || ' 第 ' || (o.row_id & 268435455) || ' 行：' || string_agg(a.reason, '；' ORDER BY a.heading) AS found,
  o.row_id
FROM rejected.open_row AS o
JOIN raw.file AS f USING (file_id)
JOIN rejected.open_reason AS a USING (row_id)
WHERE a.dimension = $dimension
GROUP BY f.name, o.key, o.row_id
ORDER BY o.row_id
