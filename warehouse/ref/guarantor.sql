-- 担保机构的国有比例与净资产：报表里没有，由联席会议据年报填定，写明来源与日期。
-- grain: org_id
SELECT
  g.org_id,                           -- 统一社会信用代码
  g.name_zh,                          -- 名称
  g.state_share::DECIMAL(9, 6) AS state_share, -- 国有比例（0–1）
  g.net_assets_cny::DECIMAL(20, 2) AS net_assets_cny, -- 净资产（元）
  g.valid_from::DATE AS valid_from,   -- 自何日起
  g.source,                           -- 来源
  g.status                            -- 已定 / 拟定 / 未定
FROM given.guarantors AS g
