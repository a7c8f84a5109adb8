-- 先投本金余额随时间：一份协议一段时间一行；转股以前是债权性投入，转股以后是股权。
-- grain: agreement_id, valid_from
-- 本金＝现金＋租金折算＋其他投入−退出回款−退回−核销，不低于零；退出、退回、替换、免责的，自最后一笔回款或核销（没有的，自名单写明之日）起了结。
WITH flows AS (
  SELECT f.agreement_id, f.paid_on AS on_day,
    sum(CASE WHEN f.flow_kind IN ('cash', 'rent', 'other') THEN f.amount_cny ELSE -f.amount_cny END) AS moved_cny,
    list(f.row_id) AS row_ids
  FROM core.invest_first_flow AS f
  WHERE f.amount_cny >= 0
  GROUP BY f.agreement_id, f.paid_on
),
ended AS (
  SELECT d.agreement_id, min(d.valid_from) AS listed_on
  FROM core.invest_first_deal_version AS d
  WHERE d.status IN ('exited', 'returned', 'replaced', 'exempted')
  GROUP BY d.agreement_id
),
last_back AS (
  SELECT f.agreement_id, max(f.paid_on) AS on_day
  FROM core.invest_first_flow AS f
  WHERE f.flow_kind IN ('exit', 'returned', 'written_off')
  GROUP BY f.agreement_id
),
deals AS (
  SELECT d.agreement_id, d.org_id, d.project_id, d.signed_on, d.row_id, d.converted_on,
    CASE WHEN e.listed_on IS NOT NULL THEN coalesce(b.on_day, e.listed_on) END AS closed_on
  FROM (
    SELECT v.agreement_id, arg_max(v.org_id, v.valid_from) AS org_id, arg_max(v.project_id, v.valid_from) AS project_id,
      arg_max(v.signed_on, v.valid_from) AS signed_on, arg_max(v.row_id, v.valid_from) AS row_id, arg_max(v.converted_on, v.valid_from) AS converted_on
    FROM core.invest_first_deal_version AS v
    GROUP BY v.agreement_id
  ) AS d
  LEFT JOIN ended AS e USING (agreement_id)
  LEFT JOIN last_back AS b USING (agreement_id)
),
turns AS (
  SELECT f.agreement_id, f.on_day FROM flows AS f
  UNION
  SELECT d.agreement_id, d.converted_on AS on_day FROM deals AS d WHERE d.converted_on IS NOT NULL
  UNION
  SELECT d.agreement_id, d.closed_on AS on_day FROM deals AS d WHERE d.closed_on IS NOT NULL
),
running AS (
  SELECT t.agreement_id, t.on_day, lead(t.on_day) OVER agreement AS next_day, sum(coalesce(f.moved_cny, 0)) OVER agreement AS run_cny,
    flatten(list(coalesce(f.row_ids, [])) OVER agreement) AS flow_row_ids
  FROM turns AS t
  LEFT JOIN flows AS f ON f.agreement_id = t.agreement_id AND f.on_day = t.on_day
  WINDOW agreement AS (PARTITION BY t.agreement_id ORDER BY t.on_day)
)
SELECT
  r.agreement_id,                     -- 协议编号
  d.org_id,                           -- 企业代码，空为协议不在台账
  d.project_id,                       -- 项目编号
  d.signed_on,                        -- 签约日期
  coalesce(d.converted_on <= r.on_day, false) AS is_converted, -- 是否已转股
  r.on_day AS valid_from,             -- 自何日起（含）
  r.next_day AS valid_until,          -- 到何日止（不含），空为至今
  (r.run_cny - least(min(r.run_cny) OVER (PARTITION BY r.agreement_id ORDER BY r.on_day), 0))::DECIMAL(20, 2) AS principal_cny, -- 本金余额（元）
  coalesce(list_max(r.flow_row_ids), d.row_id) AS row_id, -- 来源行：最近一笔流水
  list_concat(r.flow_row_ids, CASE WHEN d.row_id IS NULL THEN [] ELSE [d.row_id] END) AS source_row_ids -- 全部来源行
FROM running AS r
LEFT JOIN deals AS d USING (agreement_id)
WHERE d.closed_on IS NULL OR r.on_day < d.closed_on
