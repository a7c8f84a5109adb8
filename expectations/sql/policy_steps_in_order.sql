-- 一个事项的各环节，日期先后与环节顺序一致；只知月份的，按最早可能的一天比较。
-- checked: core.policy_step
-- by: row_id
SELECT
  later.item_id,
  string_agg(later.step_on || ' 的后一环节早于 ' || earlier.step_on || ' 的前一环节', '、' ORDER BY earlier.step_on) AS found,
  later.row_id
FROM core.policy_step AS later
JOIN core.policy_step AS earlier USING (item_key)
WHERE earlier.step_order < later.step_order AND later.step_on < CASE earlier.step_precision
  WHEN 'M' THEN date_trunc('month', earlier.step_on)
  WHEN 'Q' THEN date_trunc('quarter', earlier.step_on)
  WHEN 'H' THEN date_trunc('month', earlier.step_on) - INTERVAL 5 MONTH
  WHEN 'Y' THEN date_trunc('year', earlier.step_on)
  ELSE earlier.step_on END
GROUP BY later.item_id, later.row_id
ORDER BY later.item_id
