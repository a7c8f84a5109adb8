-- The rows of $metrics alive at $v as an export shows them; names in $language; $zone, $since and $until (happened before) NULL
-- for all.
SELECT
  c.metric_id,
  c.key,
  c.counts_from,
  c.counts_until,
  nullif(c.zone_id, 'na') AS zone_id,
  c.stage_id,
  c.category AS category_id,
  c.department_id,
  c.org_id,
  coalesce(CASE WHEN $language = 'en' THEN m.name_en END, m.name_zh) AS metric,
  c.entity_kind,
  c.entity_id,
  coalesce(CASE WHEN $language = 'en' THEN n.name_en END, n.name_zh,
    fd.fund_name, fg.item_name,
    CASE WHEN c.entity_kind IN ('loan', 'deal', 'position', 'policy', 'lease', 'pool_entry', 'agreement', 'surplus_equity') THEN org.org_name END) AS entity_name,
  CASE c.occurred_precision
    WHEN 'D' THEN strftime(c.occurred_on, '%Y-%m-%d')
    WHEN 'M' THEN strftime(c.occurred_on, '%Y-%m')
    WHEN 'Q' THEN concat(year(c.occurred_on), '-Q', quarter(c.occurred_on))
    WHEN 'H' THEN concat(year(c.occurred_on), '-H', if(month(c.occurred_on) <= 6, 1, 2))
    ELSE strftime(c.occurred_on, '%Y')
  END AS occurred,
  c.occurred_on,
  c.occurred_precision,
  c.value,
  m.unit,
  coalesce(CASE WHEN $language = 'en' THEN zn.name_en END, zn.name_zh, nullif(c.zone_id, 'na')) AS zone,
  coalesce(CASE WHEN $language = 'en' THEN st.name_en END, st.name_zh, c.stage_id) AS stage,
  coalesce(CASE WHEN $language = 'en' THEN k.name_en END, k.name_zh, c.category) AS category,
  concat_ws(' · ', coalesce(CASE WHEN $language = 'en' THEN d.name_en END, d.name_zh, c.department_id), nullif(c.reported_by, '')) AS department,
  coalesce(org.org_name, c.org_id) AS organization,
  c.is_pending,
  f.name AS file,
  nullif(f.sheets[((c.row_id >> $sheet_bits) & $sheet_mask) + 1], '') AS sheet,
  c.row_id & $row_mask AS row,
  strftime(f.received_at + INTERVAL 8 HOUR, '%Y-%m-%d %H:%M') AS received, -- stored as UTC, shown in Shanghai
  f.received_at,
  f.sha256
FROM mart.contribution AS c
JOIN ref.metric AS m ON m.metric_id = c.metric_id
JOIN raw.file AS f ON f.file_id = c.row_id >> $file_bits -- that the line is there is checked before publishing
LEFT JOIN core.entity_name AS n ON n.entity_kind = c.entity_kind AND n.entity_id = c.entity_id
LEFT JOIN core.organization AS org ON org.org_id = c.org_id
LEFT JOIN ref.zone AS zn ON zn.zone_id = c.zone_id
LEFT JOIN ref.category AS k ON k.category_id = c.category
LEFT JOIN ref.stage AS st ON st.stage_id = c.stage_id
LEFT JOIN core.fund AS fd ON c.entity_kind = 'fund' AND fd.fund_id = c.entity_id
LEFT JOIN (SELECT i.item_id, any_value(i.item_name) AS item_name FROM core.funding AS i GROUP BY i.item_id) AS fg
  ON c.entity_kind = 'funding' AND fg.item_id = c.entity_id
LEFT JOIN ref.department AS d ON d.department_id = c.department_id
WHERE list_contains($metrics, c.metric_id) AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND ($zone IS NULL OR c.zone_id = $zone)
  AND ($org IS NULL OR coalesce(org.group_name, c.org_id, '') = $org)
  AND ($direction IS NULL OR coalesce(c.direction_id, '') = $direction) AND ($at_stage IS NULL OR coalesce(c.stage_id, '') = $at_stage)
  AND ($category IS NULL OR coalesce(c.category, '') = $category) AND ($entity IS NULL OR c.entity_id = $entity OR fd.fund_kind = $entity)
  AND true /* chosen c.entity_id */
  AND ($since IS NULL OR c.occurred_on >= $since) AND ($until IS NULL OR c.occurred_on < $until)
ORDER BY c.occurred_on, list_position($metrics, c.metric_id), c.key, c.counts_from
