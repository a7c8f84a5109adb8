-- 各月产值：一个企业、成果、口径、月份一行，不含税。
-- grain: org_id, outcome_id, calibre, period_to
-- 报了当月的用当月；只报累计的用差额；年度定报按比例修订该年各月，最大余数法分到分，合计不差；累计回落的负数月份不分摊。
-- 一月起跨几个月的“当月”、不到十二月的“年度”，都是累计；同月截止的几个当月数，取跨月最多的，免得重计。
-- 作废的行收回同一编号（期间、类型、企业、成果、口径）此前所报，其后可以再报。
WITH retracted AS (
  SELECT v.*, f.department_id, f.sender, f.as_of
  FROM raw.output_values AS v
  JOIN raw.file AS f ON f.file_id = v.file_id AND f.is_standing
  WHERE v.validity = 'void'
),
told AS (
  SELECT v.*, f.department_id, f.sender, f.received_at, f.as_of, year(v.period_to) AS year_no, month(v.period_to) AS month_no,
    CASE WHEN v.span = 'month' AND v.period_from = date_trunc('year', v.period_to) AND month(v.period_to) > 1
        OR v.span = 'year' AND month(v.period_to) < 12 THEN 'year_to_date' ELSE v.span END AS taken_as,
    CASE WHEN v.is_tax_included THEN round(v.amount_cny / (1 + t.value::DECIMAL(9, 6)), 2)::DECIMAL(20, 2) ELSE v.amount_cny END AS net_cny
  FROM raw.output_values AS v
  JOIN raw.file AS f ON f.file_id = v.file_id AND f.is_standing
  JOIN ref.setting AS t ON t.setting_id = 'vat_rate'
  WHERE v.validity IS DISTINCT FROM 'void' AND NOT EXISTS (
    FROM retracted AS x
    WHERE x.department_id = f.department_id AND x.sender = f.sender AND x.period_from = v.period_from AND x.period_to = v.period_to
      AND x.span = v.span AND x.org_id = v.org_id AND x.outcome_id IS NOT DISTINCT FROM v.outcome_id AND x.calibre = v.calibre
      AND (x.as_of, x.row_id) > (f.as_of, v.row_id))
),
latest_only AS (
  SELECT t.*
  FROM told AS t
  QUALIFY row_number() OVER (
    PARTITION BY t.org_id, t.outcome_id, t.calibre, t.taken_as, t.period_to
    ORDER BY CASE WHEN t.taken_as = 'month' THEN t.period_from END, t.as_of DESC, t.row_id DESC) = 1
),
reported AS (
  SELECT l.* FROM latest_only AS l WHERE l.taken_as = 'month'
),
running AS (
  SELECT l.*,
    coalesce(lag(l.month_no) OVER w, 0) AS since_month,
    l.net_cny - coalesce(lag(l.net_cny) OVER w, 0) AS added_cny,
    lag(l.row_id) OVER w AS since_row_id
  FROM latest_only AS l
  WHERE l.taken_as = 'year_to_date'
  WINDOW w AS (PARTITION BY l.org_id, l.outcome_id, l.calibre, l.year_no ORDER BY l.month_no)
),
reported_within AS (
  SELECT r.row_id, sum(m.net_cny) AS reported_cny
  FROM running AS r
  JOIN reported AS m ON m.org_id = r.org_id AND m.outcome_id IS NOT DISTINCT FROM r.outcome_id AND m.calibre = r.calibre
    AND m.year_no = r.year_no AND m.month_no > r.since_month AND m.month_no <= r.month_no
  GROUP BY r.row_id
),
not_reported AS (
  SELECT r.row_id, min(calendar.month_no) AS from_month_no, max(calendar.month_no) AS month_no
  FROM running AS r
  JOIN (SELECT unnest(range(1, 13)) AS month_no) AS calendar
    ON calendar.month_no > r.since_month AND calendar.month_no <= r.month_no
  WHERE NOT EXISTS (
    FROM reported AS m
    WHERE m.org_id = r.org_id AND m.outcome_id IS NOT DISTINCT FROM r.outcome_id AND m.calibre = r.calibre
      AND m.year_no = r.year_no AND calendar.month_no BETWEEN month(m.period_from) AND m.month_no)
  GROUP BY r.row_id
),
monthly AS (
  SELECT r.org_id, r.outcome_id, r.calibre, r.year_no, r.period_from, r.period_to, r.net_cny AS amount_cny, r.attribution_share,
    false AS is_derived, r.department_id, r.sender, r.received_at, r.row_id, NULL::BIGINT AS since_row_id
  FROM reported AS r
  UNION ALL
  SELECT r.org_id, r.outcome_id, r.calibre, r.year_no, make_date(r.year_no, n.from_month_no, 1),
    last_day(make_date(r.year_no, n.month_no, 1)), r.added_cny - coalesce(w.reported_cny, 0), r.attribution_share,
    true, r.department_id, r.sender, r.received_at, r.row_id, r.since_row_id
  FROM running AS r
  JOIN not_reported AS n USING (row_id)
  LEFT JOIN reported_within AS w USING (row_id)
),
yearly AS (
  SELECT l.* FROM latest_only AS l WHERE l.taken_as = 'year'
),
totalled AS (
  SELECT m.*, y.net_cny AS year_cny, y.attribution_share AS year_share, y.row_id AS year_row_id, y.received_at AS year_received_at,
    greatest(m.amount_cny, 0) AS weight_cny,
    sum(greatest(m.amount_cny, 0)) OVER (PARTITION BY m.org_id, m.outcome_id, m.calibre, m.year_no) AS months_cny
  FROM monthly AS m
  LEFT JOIN yearly AS y ON y.org_id = m.org_id AND y.outcome_id IS NOT DISTINCT FROM m.outcome_id AND y.calibre = m.calibre
    AND y.year_no = m.year_no
),
in_cents AS (
  SELECT t.*,
    (t.weight_cny * 100)::HUGEINT * (t.year_cny * 100)::HUGEINT // (t.months_cny * 100)::HUGEINT AS whole_cents,
    (t.weight_cny * 100)::HUGEINT * (t.year_cny * 100)::HUGEINT % (t.months_cny * 100)::HUGEINT AS rest
  FROM totalled AS t
  WHERE t.year_row_id IS NOT NULL AND t.months_cny > 0
),
revised AS (
  SELECT c.*,
    c.whole_cents + CASE WHEN
      row_number() OVER (PARTITION BY c.year_row_id ORDER BY c.rest DESC, c.period_to)
      <= abs((c.year_cny * 100)::HUGEINT - sum(c.whole_cents) OVER (PARTITION BY c.year_row_id))
      THEN sign((c.year_cny * 100)::HUGEINT - sum(c.whole_cents) OVER (PARTITION BY c.year_row_id)) ELSE 0 END AS cents
  FROM in_cents AS c
),
settled AS (
  SELECT t.org_id, t.outcome_id, t.calibre, t.period_from, t.period_to, t.amount_cny, t.attribution_share, t.is_derived,
    false AS is_revised, t.department_id, t.sender, t.received_at AS known_at, t.row_id, [t.since_row_id] AS source_row_ids
  FROM totalled AS t
  WHERE t.year_row_id IS NULL
  UNION ALL
  SELECT r.org_id, r.outcome_id, r.calibre, r.period_from, r.period_to, (r.cents::DECIMAL(38, 0) / 100)::DECIMAL(20, 2),
    coalesce(r.attribution_share, r.year_share), r.is_derived,
    true, r.department_id, r.sender, greatest(r.received_at, r.year_received_at), r.row_id, [r.since_row_id, r.year_row_id]
  FROM revised AS r
  UNION ALL
  SELECT y.org_id, y.outcome_id, y.calibre, y.period_from, y.period_to, y.net_cny, y.attribution_share, true,
    true, y.department_id, y.sender, y.received_at, y.row_id, []
  FROM yearly AS y
  WHERE NOT EXISTS (FROM revised AS r WHERE r.year_row_id = y.row_id)
)
SELECT
  s.org_id,                           -- 企业统一社会信用代码
  s.outcome_id,                       -- 成果编号
  s.calibre,                          -- 产值口径
  s.period_from,                      -- 所属期首日；由差额得出的可含几个月
  s.period_to,                        -- 所属期末日
  s.amount_cny,                       -- 产值（元，不含税）
  s.attribution_share,                -- 归因比例；空为未归因
  (s.amount_cny * s.attribution_share)::DECIMAL(20, 6) AS attributable_cny, -- 可归因产值（元）；不舍到分，合计才与定报乘比例相等
  s.is_derived,                       -- 由累计差额或年报得出
  s.is_revised,                       -- 已按年度定报修订
  s.department_id,                    -- 报送部门
  s.sender,                           -- 报送主体
  s.known_at,                         -- 何时得知
  s.row_id,                           -- 来源行
  s.source_row_ids                    -- 其他来源行：上期累计、年度定报
FROM settled AS s
