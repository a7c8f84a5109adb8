-- The funds as listed at $v: the last list of or before that day, else the first one after it.
SELECT f.fund_id, f.fund_name, f.fund_kind, f.status, f.established_on, f.term_years, f.stages, f.loss_tolerance_share, f.single_project_cap_share
FROM core.fund_version AS f
QUALIFY row_number() OVER (PARTITION BY f.fund_id ORDER BY f.valid_from > $v, CASE WHEN f.valid_from > $v THEN f.valid_from END, f.valid_from DESC) = 1
ORDER BY list_position(['sci_tech', 'seed', 'angel', 'venture', 'industry'], f.fund_kind) NULLS LAST, f.established_on, f.fund_id
