-- 应用场景与友好单位：一个编号一行，取现行名单。
-- grain: scenario_id
SELECT
  v.* EXCLUDE (valid_until)
FROM core.scenario_version AS v
WHERE v.valid_until IS NULL
