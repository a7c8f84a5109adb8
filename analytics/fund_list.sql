-- The funds as listed at $v: the last list of or before that day, else the first one after it; those only the cash flows tell of too.
WITH ranked AS (
  SELECT f.*, row_number() OVER (PARTITION BY f.fund_id ORDER BY f.valid_from > $v, CASE WHEN f.valid_from > $v THEN f.valid_from END, f.valid_from DESC) AS rank
  FROM core.fund_version AS f
)
SELECT
  coalesce(r.fund_id, t.fund_id) AS fund_id,
  coalesce(r.fund_name, t.fund_id) AS name,
  r.fund_kind AS kind,
  r.status,
  r.established_on,
  r.term_years,
  r.stages,
  r.loss_tolerance_share,
  r.single_project_cap_share,
  r.committed_cny AS size_cny,
  r.valid_from AS listed_on
FROM (SELECT * FROM ranked WHERE rank = 1) AS r
FULL JOIN (SELECT DISTINCT x.fund_id FROM mart.fund_total AS x) AS t ON t.fund_id = r.fund_id
ORDER BY list_position(['sci_tech', 'seed', 'angel', 'venture', 'industry'], r.fund_kind) NULLS LAST, r.established_on, fund_id
