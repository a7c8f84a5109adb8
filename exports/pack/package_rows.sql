-- Every row that a metric counts at $v, with the line of the file that said it; metrics whose rows would be persons are left out.
SELECT
  c.metric_id,
  c.key,
  c.entity_kind,
  c.entity_id,
  c.occurred_on,
  c.occurred_precision,
  c.counts_from,
  c.counts_until,
  c.value,
  z.zone_id,
  d.department_id,
  nullif(c.reported_by, '') AS reported_by,
  c.direction_id,
  c.stage_id,
  c.org_id,
  c.category,
  c.is_pending,
  s.file_id,
  nullif(s.sheet, '') AS sheet,
  s.row
FROM mart.contribution AS c
JOIN ref.metric AS m ON m.metric_id = c.metric_id AND m.drill = 'rows'
JOIN raw.source_row AS s ON s.row_id = c.row_id
LEFT JOIN ref.zone AS z ON z.zone_id = c.zone_id
LEFT JOIN ref.department AS d ON d.department_id = c.department_id
WHERE c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
ORDER BY c.metric_id, c.key, c.counts_from
