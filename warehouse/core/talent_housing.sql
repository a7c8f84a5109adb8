-- 人才公寓：一个房源点一期一行，取该期最近一次所报。
-- grain: department_id, sender, site_id, period_from, period_to
SELECT
  v.* EXCLUDE (valid_until)
FROM given.talent_housing_version AS v
WHERE v.valid_until IS NULL
