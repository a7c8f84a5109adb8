-- 平台服务的主体数，区内与区外之和。
-- grain: key, counts_from
SELECT
  b.* EXCLUDE (body_id, status, equipment_cny, open_hours, total_hours, service_income_cny, services, inside_clients, outside_clients, pilot_workshops,
    occupied_workshops),
  coalesce(b.inside_clients, 0) + coalesce(b.outside_clients, 0) AS value
FROM core.platform_body AS b
WHERE coalesce(b.inside_clients, 0) + coalesce(b.outside_clients, 0) > 0
