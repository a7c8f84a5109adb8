-- 平台服务的区内主体数，台账最近一期所报。
-- grain: key, counts_from
SELECT
  b.* EXCLUDE (body_id, status, equipment_cny, open_hours, total_hours, service_income_cny, services, inside_clients, outside_clients, pilot_workshops,
    occupied_workshops),
  b.inside_clients AS value
FROM core.platform_body AS b
WHERE b.inside_clients > 0
