-- 在册技术经理人随时间：名单载有、聘任日已到的一段时间一行，所属机构改换空间则前后各一段；不含个人信息。
-- grain: manager_id, counts_from
-- 空间取所属机构的主要场所；机构未填、待登记或没有空间的为未落区。
SELECT
  v.manager_id,                       -- 经理人编号
  v.engaged_on AS occurred_on,        -- 聘任日期
  v.engaged_precision AS occurred_precision, -- 日期精度
  greatest(v.valid_from, v.engaged_on, p.valid_from) AS counts_from, -- 自何日起计（含）
  least(v.valid_until, p.valid_until) AS counts_until, -- 到何日止（不含），空为至今
  coalesce(p.zone_id, 'unplaced') AS zone_id, -- 空间
  v.department_id,                    -- 报送部门
  v.sender AS reported_by,            -- 报送主体
  v.grade,                            -- junior 初级 / middle 中级 / senior 高级 / ungraded 未定级
  v.abilities,                        -- 能力标签，以 | 相连
  v.certified_until_on,               -- 证书有效期至（含）
  v.known_at,                         -- 何时得知
  v.row_id,                           -- 来源行
  v.source_row_ids                    -- 各部门的来源行
FROM core.tech_manager_version AS v
LEFT JOIN core.organization_place AS p ON p.org_id = v.org_id AND p.valid_from < coalesce(v.valid_until, DATE '9999-12-31')
  AND coalesce(p.valid_until, DATE '9999-12-31') > v.valid_from
WHERE greatest(v.valid_from, v.engaged_on, p.valid_from) < coalesce(least(v.valid_until, p.valid_until), DATE '9999-12-31')
QUALIFY row_number() OVER (PARTITION BY v.manager_id, greatest(v.valid_from, v.engaged_on, p.valid_from) ORDER BY v.known_at DESC, v.row_id DESC) = 1
