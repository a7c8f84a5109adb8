-- 阶段事件和成果引用的佐证材料编号都在佐证材料目录中。
-- checked: (SELECT evidence_id FROM core.stage_event WHERE NOT is_void UNION SELECT evidence_id FROM raw.outcomes) AS c WHERE evidence_id IS NOT NULL
WITH cited AS (
  SELECT e.evidence_id FROM core.stage_event AS e WHERE NOT e.is_void
  UNION ALL
  SELECT r.evidence_id
  FROM (SELECT unnest(o.source_row_ids) AS row_id FROM core.outcome AS o WHERE NOT o.is_void) AS o
  JOIN raw.outcomes AS r USING (row_id)
)
SELECT
  c.evidence_id,
  '引用 ' || count(*) || ' 次' AS times
FROM cited AS c
WHERE c.evidence_id IS NOT NULL AND NOT EXISTS (FROM core.evidence AS d WHERE d.evidence_id = c.evidence_id)
GROUP BY c.evidence_id
ORDER BY c.evidence_id
