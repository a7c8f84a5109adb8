-- 项目：一个编号一行，取最近一次有效登记，并找到它的根项目。
-- grain: project_id
-- 上级编号成环时，环上编号最小者为根；名单里消失的项目保留最后一次登记，不影响累计数。
WITH RECURSIVE lists AS (
  SELECT f.file_id, f.as_of
  FROM raw.file AS f
  WHERE f.feed = 'projects' AND f.is_standing
),
latest_only AS (
  SELECT p.*, l.as_of
  FROM raw.projects AS p
  JOIN lists AS l USING (file_id)
  QUALIFY row_number() OVER (PARTITION BY p.project_id ORDER BY l.as_of DESC, p.row_id DESC) = 1
),
climbed AS (
  SELECT c.project_id, c.parent_project_id AS ancestor_id, 1 AS steps
  FROM latest_only AS c
  WHERE c.parent_project_id IS NOT NULL AND c.parent_project_id <> c.project_id
  UNION ALL
  SELECT k.project_id, p.parent_project_id, k.steps + 1
  FROM climbed AS k
  JOIN latest_only AS p ON p.project_id = k.ancestor_id
  WHERE p.parent_project_id IS NOT NULL AND p.parent_project_id <> p.project_id AND k.steps < 20
),
in_a_circle AS (
  SELECT k.project_id, min(k.ancestor_id) AS root_project_id
  FROM climbed AS k
  GROUP BY k.project_id
  HAVING max(k.steps) = 20
),
topmost AS (
  SELECT k.project_id, max_by(k.ancestor_id, k.steps) AS root_project_id
  FROM climbed AS k
  GROUP BY k.project_id
)
SELECT
  p.project_id,                       -- 项目编号
  coalesce(ring.root_project_id, t.root_project_id, p.project_id) AS root_project_id, -- 根项目编号
  p.project_name,                     -- 项目名称
  p.lead_org_name,                    -- 承担单位
  p.lead_org_id,                      -- 承担单位统一社会信用代码
  d.direction_id,                     -- 重点转化方向代码；空为方向外或未填
  p.direction_name,                   -- 技术方向（部门所填）
  p.research_class,                   -- 攻关类别
  p.trl,                              -- 技术成熟度
  p.approved_on,                      -- 立项日期
  p.approved_precision,               -- 立项日期精度
  p.approval_no,                      -- 立项文号
  p.status,                           -- 项目状态
  p.as_of AS listed_on,               -- 最近一次登记的截至日
  p.row_id                            -- 来源行
FROM latest_only AS p
LEFT JOIN in_a_circle AS ring ON ring.project_id = p.project_id
LEFT JOIN topmost AS t ON t.project_id = p.project_id
LEFT JOIN ref.direction AS d ON d.name_zh = p.direction_name
