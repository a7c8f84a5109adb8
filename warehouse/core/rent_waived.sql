-- 按月减免的租金：一份租约一个月一行，月末在租并写明减免的；先投后股协议项下的租金已折算为投入，不在内。
-- grain: lease_id, month_end_on
WITH months AS (
  SELECT last_day(m.month_on::DATE) AS month_end_on
  FROM (SELECT unnest(generate_series(min(l.valid_from), (SELECT max(f.as_of) FROM raw.file AS f), INTERVAL 1 MONTH)) AS month_on FROM core.lease_version AS l) AS m
)
SELECT
  l.department_id,                    -- 报送部门
  l.sender,                           -- 报送主体
  l.lease_id,                         -- 租约编号
  l.tenant_org_id,                    -- 承租单位代码
  m.month_end_on,                     -- 月末
  l.rent_waived_cny,                  -- 当月减免（元）
  l.known_at,                         -- 何时得知（UTC）
  l.row_id                            -- 来源行
FROM core.lease_version AS l
JOIN months AS m ON l.valid_from <= m.month_end_on AND (l.valid_until IS NULL OR l.valid_until > m.month_end_on)
  AND l.starts_on <= m.month_end_on AND (l.ends_on IS NULL OR l.ends_on >= m.month_end_on)
WHERE l.rent_waived_cny > 0 AND l.agreement_id IS NULL
