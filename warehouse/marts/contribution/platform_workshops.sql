-- 中试车间数。
-- grain: key, counts_from
SELECT
  b.* EXCLUDE (body_id, status, equipment_cny, open_hours, total_hours, service_income_cny, services, inside_clients, outside_clients, pilot_workshops,
    occupied_workshops),
  b.pilot_workshops AS value
FROM core.platform_body AS b
WHERE b.pilot_workshops > 0
