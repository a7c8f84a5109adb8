-- 项目的技术方向都在各承载区的重点转化方向之内；其余归入“方向外”。
-- checked: (SELECT min(p.row_id) AS row_id FROM core.project AS p WHERE p.direction_name IS NOT NULL GROUP BY p.direction_name)
-- by: row_id
SELECT
  p.direction_name,
  count(*) || ' 个项目' AS found,
  min(p.row_id) AS row_id
FROM core.project AS p
WHERE p.direction_name IS NOT NULL AND p.direction_id IS NULL
GROUP BY p.direction_name
ORDER BY p.direction_name
