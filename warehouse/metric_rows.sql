-- The rows of $metrics alive at $v, each with the cell of the file it leads back to; $zone NULL for all.
SELECT c.metric_id, c.entity_kind, c.entity_id, c.occurred_on, c.occurred_precision, c.value, c.zone_id, c.department_id,
  f.name, f.sha256, s.sheet, s.row, c.is_pending, c.row_id
FROM mart.contribution AS c
JOIN raw.source_row AS s USING (row_id)
JOIN raw.file AS f USING (file_id)
WHERE list_contains($metrics, c.metric_id) AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND ($zone IS NULL OR c.zone_id = $zone)
ORDER BY c.occurred_on, list_position($metrics, c.metric_id), c.key, c.counts_from
