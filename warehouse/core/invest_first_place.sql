-- 先投后股协议随名单与项目所在空间变化的区间。
-- grain: agreement_id, counts_from
SELECT
  v.agreement_id,
  'agreement' AS entity_kind,         -- 对象种类
  v.status,
  v.org_id,
  v.signed_on,
  v.signed_precision,
  v.triggered_on,
  v.triggered_precision,
  v.converted_on,
  greatest(v.valid_from, pp.valid_from) AS counts_from, -- 自何日起计（含）
  least(v.valid_until, pp.valid_until) AS counts_until, -- 到何日止（不含），空为至今
  coalesce(pp.zone_id, 'unplaced') AS zone_id, -- 空间：项目所在
  v.department_id,
  nullif(v.sender, '') AS reported_by, -- 报送主体
  v.known_at,
  v.row_id,
  v.source_row_ids
FROM core.invest_first_deal_version AS v
LEFT JOIN core.project_place AS pp ON pp.project_id = v.project_id
  AND (v.valid_until IS NULL OR pp.valid_from < v.valid_until)
  AND (pp.valid_until IS NULL OR pp.valid_until > v.valid_from)
