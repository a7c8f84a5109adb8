-- 每个文件读出的行等于接收、退回、另置之和，并与存下的来源行、退回行相符；已被取代的文件没有来源行。
-- checked: raw.file
WITH kept AS (
  SELECT s.file_id,
    count(*) FILTER (s.disposition = 'accepted') AS accepted,
    count(*) FILTER (s.disposition = 'refused') AS refused,
    count(*) FILTER (s.disposition = 'set_aside') AS set_aside
  FROM raw.source_row AS s
  GROUP BY s.file_id
),
kept_refused AS (
  SELECT r.file_id, count(*) AS refused
  FROM rejected.row AS r
  GROUP BY r.file_id
)
SELECT
  f.file_id,
  f.name
FROM raw.file AS f
LEFT JOIN kept AS k USING (file_id)
LEFT JOIN kept_refused AS r USING (file_id)
WHERE f.rows_read IS DISTINCT FROM f.accepted + f.refused + f.set_aside
  OR coalesce(k.accepted, 0) IS DISTINCT FROM CASE WHEN f.is_standing THEN f.accepted ELSE 0 END
  OR coalesce(k.refused, 0) IS DISTINCT FROM CASE WHEN f.is_standing THEN f.refused ELSE 0 END
  OR coalesce(k.set_aside, 0) IS DISTINCT FROM CASE WHEN f.is_standing THEN f.set_aside ELSE 0 END
  OR coalesce(r.refused, 0) <> coalesce(k.refused, 0)
ORDER BY f.file_id
