-- The dictionary: every metric, or those of $metrics alone, with the clauses it stems from, and of a statistic the function that computes it and what of; columns as Metric has them.
SELECT
  m.metric_id,
  m.version,
  m.name_zh,
  m.name_en,
  m.unit,
  m.status,
  m.statement_zh,
  m.statement_en,
  m.is_zoned,
  m.feeds,
  m.aggregation,
  m.numerator_id,
  m.denominator_id,
  m.drill,
  m.part_of,
  m.time_kind,
  m.clause_ids AS clauses,
  m.valid_from,
  coalesce(s.computed_by, '') AS computed_by,
  s.inputs
FROM ref.metric AS m
LEFT JOIN ref.statistic AS s ON s.metric_id = m.metric_id
WHERE $metrics::VARCHAR[] IS NULL OR list_contains($metrics, m.metric_id)
