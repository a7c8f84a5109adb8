-- 租约随时间：一份租约一段时间一行；几个部门都报的，按列取最近的非空值。
-- grain: lease_id, valid_from
SELECT
  v.*,
  coalesce(p.zone_id, 'unplaced') AS zone_id, -- 空间代码，随空间单元
  p.unit_id IS NOT NULL AS is_unit_listed, -- 空间单元是否在载体台账
  o.org_id IS NOT NULL AS is_tenant_known -- 承租单位是否在主体库，否为待登记
FROM given.leases_version AS v
LEFT JOIN core.premise AS p ON p.unit_id = v.unit_id
LEFT JOIN core.organization AS o ON o.org_id = v.tenant_org_id
