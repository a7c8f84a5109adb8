-- 各出资人在基金中的份额随时间：一只基金一个出资人一段时间一行。
-- grain: fund_id, investor_org_id, valid_from
-- 份额按实缴计，全未实缴的按认缴计；负数不计，另有核对。
WITH told AS (
  SELECT c.fund_id, c.investor_org_id, c.investor_name, c.investor_kind, c.row_id, c.valid_from, c.valid_until,
    greatest(c.paid_in_cny, 0) AS paid_in_cny, greatest(c.committed_cny, 0) AS committed_cny
  FROM core.fund_commitment_version AS c
),
turns AS (
  SELECT t.fund_id, t.valid_from AS on_day FROM told AS t
  UNION
  SELECT t.fund_id, t.valid_until AS on_day FROM told AS t WHERE t.valid_until IS NOT NULL
),
spans AS (
  SELECT t.fund_id, t.on_day AS valid_from, lead(t.on_day) OVER (PARTITION BY t.fund_id ORDER BY t.on_day) AS valid_until
  FROM turns AS t
),
in_force AS (
  SELECT t.* EXCLUDE (valid_from, valid_until), s.valid_from, s.valid_until,
    sum(t.paid_in_cny) OVER fund AS fund_paid_in_cny, sum(t.committed_cny) OVER fund AS fund_committed_cny
  FROM spans AS s
  JOIN told AS t ON t.fund_id = s.fund_id AND t.valid_from <= s.valid_from AND (t.valid_until IS NULL OR t.valid_until > s.valid_from)
  WINDOW fund AS (PARTITION BY t.fund_id, s.valid_from)
)
SELECT
  i.fund_id,                          -- 基金编号
  i.investor_org_id,                  -- 出资人代码
  any_value(i.investor_name) AS investor_name, -- 出资人名称
  any_value(i.investor_kind) AS investor_kind, -- 出资人类型
  any_value(c.fund_id) AS investor_fund_id, -- 出资人本身是台账中的基金时，其编号
  i.valid_from,                       -- 自何日起（含）
  any_value(i.valid_until) AS valid_until, -- 到何日止（不含），空为至今
  (CASE WHEN any_value(i.fund_paid_in_cny) > 0 THEN sum(i.paid_in_cny) / any_value(i.fund_paid_in_cny)
    WHEN any_value(i.fund_committed_cny) > 0 THEN sum(i.committed_cny) / any_value(i.fund_committed_cny) ELSE 0 END)::DECIMAL(18, 12) AS stake_share, -- 份额（0–1）
  max(i.row_id) AS row_id             -- 来源行
FROM in_force AS i
LEFT JOIN core.fund_code AS c ON c.org_id = i.investor_org_id
GROUP BY i.fund_id, i.investor_org_id, i.valid_from
