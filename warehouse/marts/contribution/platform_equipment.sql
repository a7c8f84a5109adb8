-- 平台设备原值。
-- grain: key, counts_from
SELECT
  b.* EXCLUDE (body_id, status, equipment_cny, open_hours, total_hours, service_income_cny, services, inside_clients, outside_clients, pilot_workshops,
    occupied_workshops),
  b.equipment_cny AS value
FROM core.platform_body AS b
WHERE b.equipment_cny > 0
