-- 人才引进：一期一类一个来源一行，取该期最近一次所报；只有人数。
-- grain: department_id, sender, period_from, period_to, talent_class, origin, zone_id
SELECT
  v.* EXCLUDE (valid_until)
FROM given.talents_version AS v
WHERE v.valid_until IS NULL
