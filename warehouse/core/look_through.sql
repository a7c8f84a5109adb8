-- 基金穿透：自一只基金逐层上溯到最终出资人，一条路径一段时间一行。
-- grain: path, investor_org_id, valid_from
-- 份额沿路径相乘；又回到路径上某只基金的，到此为止，记为循环；省级产业基金的出资人不在台账，不能再穿透。
WITH RECURSIVE climbed AS (
  SELECT s.fund_id, s.investor_org_id, s.investor_name, s.investor_kind, s.investor_fund_id, s.stake_share AS path_share,
    s.valid_from, s.valid_until, s.fund_id AS path, 1 AS depth, s.row_id
  FROM core.fund_stake AS s
  UNION ALL
  SELECT c.fund_id, s.investor_org_id, s.investor_name, s.investor_kind, s.investor_fund_id,
    (c.path_share * s.stake_share)::DECIMAL(18, 12) AS path_share,
    greatest(c.valid_from, s.valid_from) AS valid_from, least(c.valid_until, s.valid_until) AS valid_until,
    c.path || ' > ' || s.fund_id AS path, c.depth + 1 AS depth, s.row_id
  FROM climbed AS c
  JOIN core.fund_stake AS s ON s.fund_id = c.investor_fund_id
    AND (c.valid_until IS NULL OR s.valid_from < c.valid_until) AND (s.valid_until IS NULL OR s.valid_until > c.valid_from)
  WHERE NOT contains(' > ' || c.path || ' > ', ' > ' || c.investor_fund_id || ' > ')
)
SELECT
  c.fund_id,                          -- 被穿透的基金（路径最下一层）
  c.path,                             -- 自下而上经过的基金编号
  c.depth,                            -- 层数，1 为直接出资
  c.investor_org_id,                  -- 路径尽头的出资人代码
  c.investor_name,                    -- 路径尽头的出资人名称
  c.investor_kind,                    -- 路径尽头的出资人类型
  c.path_share,                       -- 沿路径相乘的份额（0–1）
  c.investor_fund_id IS NULL AND c.investor_kind <> 'provincial_fund' AS is_looked_through, -- 是否穿透到最终出资人
  c.investor_fund_id IS NULL AND c.investor_kind IN ('local_treasury', 'upper_treasury', 'state_enterprise') AS is_public, -- 是否财政或国有企业
  c.investor_fund_id IS NOT NULL AND contains(' > ' || c.path || ' > ', ' > ' || c.investor_fund_id || ' > ') AS is_circle, -- 是否循环持有
  c.valid_from,                       -- 自何日起（含）
  c.valid_until,                      -- 到何日止（不含），空为至今
  c.row_id                            -- 来源行
FROM climbed AS c
WHERE c.investor_fund_id IS NULL OR contains(' > ' || c.path || ' > ', ' > ' || c.investor_fund_id || ' > ')
