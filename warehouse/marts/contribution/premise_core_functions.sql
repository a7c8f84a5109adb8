-- 核心区功能，已投用的：六项中台账有承载单元投用的。
-- grain: key, counts_from
SELECT
  s.core_function_id AS key,
  'core_function' AS entity_kind,
  s.core_function_id AS entity_id,
  coalesce(s.opened_on, s.valid_from) AS occurred_on,
  coalesce(s.opened_precision, 'D') AS occurred_precision,
  s.valid_from AS counts_from,
  s.valid_until AS counts_until,
  1 AS value,
  s.zone_id,
  s.department_id,
  s.sender AS reported_by,
  false AS is_pending,
  s.known_at,
  s.row_id,
  s.source_row_ids
FROM core.core_function_state AS s
WHERE s.status = 'in_use'
