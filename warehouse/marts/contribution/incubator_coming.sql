-- 孵化器和加速器，申报、规划和建设中的。
-- grain: key, counts_from
-- 分类为垂直领域，未填的为空。
SELECT
  t.* EXCLUDE (status, level, field_name, category),
  coalesce(t.field_name, '') AS category
FROM core.platform_title AS t
WHERE t.category IN ('incubator', 'accelerator') AND t.status <> 'in_use'
