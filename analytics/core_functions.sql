-- The functions of the core in the order of the policy, each with its state in the register of premises at $v; no state: no unit bears it.
SELECT
  f.core_function_id,
  f.name_zh,
  f.name_en,
  s.status,
  s.opened_on,
  coalesce(s.opened_precision, 'D') AS precision,
  s.built_m2
FROM ref.core_function AS f
LEFT JOIN core.core_function_state AS s ON s.core_function_id = f.core_function_id AND s.valid_from <= $v AND (s.valid_until IS NULL OR s.valid_until > $v)
ORDER BY f.core_function_id
