-- 文件里写的合计、小计与所合计的各行之和相符，进位差不计；清单看最近一份，流水看各期最后一份。
-- checked: (SELECT f.feed, f.department_id, f.sender FROM raw.reported_total AS t JOIN raw.file AS f USING (file_id))
-- by: sender
WITH last AS (
  SELECT f.*
  FROM raw.file AS f
  JOIN meta.coverage AS c ON c.feed = f.feed AND c.department_id = f.department_id AND c.sender = f.sender
  WHERE f.is_standing AND (c.mode = 'events' OR f.as_of = c.last_as_of)
  QUALIFY row_number() OVER (PARTITION BY f.feed, f.department_id, f.sender, f.as_of ORDER BY f.file_id DESC) = 1
)
SELECT
  f.name,
  '第 ' || (t.row_id & 268435455) || ' 行 ' || t.heading AS place,
  '合计 ' || printf('%.15g', t.reported) || '，各行之和 ' || printf('%.15g', t.summed) || '，相差 ' || printf('%.6g', t.reported - t.summed) AS found,
  f.feed,
  f.department_id,
  f.sender
FROM raw.reported_total AS t
JOIN last AS f USING (file_id)
WHERE abs(t.reported - t.summed) > t.tolerance
ORDER BY f.file_id, t.row_id, t.heading
