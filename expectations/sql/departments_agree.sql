-- 几个部门报同一编号的，各列一致；不一致的取截至日最近的，同日取报表所列在前的部门。
-- checked: (SELECT row_id FROM core.invest_first_deal UNION ALL SELECT row_id FROM core.platform UNION ALL SELECT row_id FROM core.premise UNION ALL SELECT row_id FROM core.lease UNION ALL SELECT row_id FROM core.scenario UNION ALL SELECT row_id FROM core.first_use UNION ALL SELECT row_id FROM core.funding UNION ALL SELECT row_id FROM core.appraisal)
WITH told AS (
  SELECT '先投后股台账' AS told_in, t.agreement_id AS key, t.disputed FROM core.invest_first_deal AS t
  UNION ALL
  SELECT '平台台账' AS told_in, t.platform_id AS key, t.disputed FROM core.platform AS t
  UNION ALL
  SELECT '载体空间' AS told_in, t.unit_id AS key, t.disputed FROM core.premise AS t
  UNION ALL
  SELECT '租约' AS told_in, t.lease_id AS key, t.disputed FROM core.lease AS t
  UNION ALL
  SELECT '应用场景与友好单位' AS told_in, t.scenario_id AS key, t.disputed FROM core.scenario AS t
  UNION ALL
  SELECT '五首推广' AS told_in, t.product_id AS key, t.disputed FROM core.first_use AS t
  UNION ALL
  SELECT '财政与筹资' AS told_in, t.item_id AS key, t.disputed FROM core.funding AS t
  UNION ALL
  SELECT '绩效考评' AS told_in, t.unit_name AS key, t.disputed FROM core.appraisal AS t
)
SELECT
  t.told_in,
  t.key,
  t.disputed
FROM told AS t
WHERE t.disputed IS NOT NULL
ORDER BY t.told_in, t.key
