-- 平台设备总机时，台账最近一期所报。
-- grain: key, counts_from
SELECT
  b.* EXCLUDE (body_id, status, equipment_cny, open_hours, total_hours, service_income_cny, services, inside_clients, outside_clients, pilot_workshops,
    occupied_workshops),
  b.total_hours AS value
FROM core.platform_body AS b
WHERE b.total_hours > 0
