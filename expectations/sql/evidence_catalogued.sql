-- 各报表引用的佐证材料编号都在佐证材料目录中。
-- checked: (SELECT evidence_id, row_id FROM core.stage_event WHERE NOT is_void UNION ALL SELECT evidence_id, row_id FROM raw.outcomes UNION ALL SELECT evidence_id, row_id FROM core.task) WHERE evidence_id IS NOT NULL
-- by: row_id
WITH cited AS (
  SELECT e.evidence_id, e.row_id FROM core.stage_event AS e WHERE NOT e.is_void
  UNION ALL
  SELECT r.evidence_id, r.row_id
  FROM (SELECT unnest(o.source_row_ids) AS row_id FROM core.outcome AS o WHERE NOT o.is_void) AS o
  JOIN raw.outcomes AS r USING (row_id)
  UNION ALL
  SELECT t.evidence_id, t.row_id FROM core.task AS t
)
SELECT
  c.evidence_id,
  '引用 ' || count(*) || ' 次' AS found,
  min(c.row_id) AS row_id
FROM cited AS c
JOIN raw.file AS f ON f.file_id = c.row_id >> 36
WHERE c.evidence_id IS NOT NULL AND NOT EXISTS (FROM core.evidence AS d WHERE d.evidence_id = c.evidence_id)
GROUP BY c.evidence_id, f.feed, f.department_id, f.sender
ORDER BY c.evidence_id, row_id
