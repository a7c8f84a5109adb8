-- 有服务收入的投用实体平台。
-- grain: key, counts_from
SELECT
  b.* EXCLUDE (body_id, status, equipment_cny, open_hours, total_hours, service_income_cny, services, inside_clients, outside_clients, pilot_workshops,
    occupied_workshops),
  1 AS value
FROM core.platform_body AS b
WHERE b.service_income_cny > 0
