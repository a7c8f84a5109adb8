-- 技术经理人活跃的时段：促成的合同签订之日起十二个月内，相接相叠的并成一段。
-- grain: manager_id, active_from
WITH windows AS (
  SELECT DISTINCT c.manager_id, c.signed_on AS since, (c.signed_on + INTERVAL 12 MONTH)::DATE AS until
  FROM core.manager_credit AS c
),
marked AS (
  SELECT w.*, w.since > max(w.until) OVER (PARTITION BY w.manager_id ORDER BY w.since ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS is_apart
  FROM windows AS w
),
numbered AS (
  SELECT m.*, count(*) FILTER (WHERE m.is_apart) OVER (PARTITION BY m.manager_id ORDER BY m.since) AS run_no
  FROM marked AS m
)
SELECT
  n.manager_id,                       -- 经理人编号
  min(n.since) AS active_from,        -- 自何日起（含）
  max(n.until) AS active_until        -- 到何日止（不含）
FROM numbered AS n
GROUP BY n.manager_id, n.run_no
