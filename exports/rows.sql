-- The rows of one metric alive at $v as an export shows them; names in $language; $zone, $departments, $since and $until (happened before) NULL for all.
SELECT
  coalesce(CASE WHEN $language = 'en' THEN m.name_en END, m.name_zh) AS metric,
  c.entity_kind,
  c.entity_id,
  coalesce(p.project_name, o.outcome_name, g.org_name, CASE WHEN $language = 'en' THEN z.name_en END, z.name_zh, fd.fund_name, fg.item_name, org.org_name) AS entity_name,
  CASE c.occurred_precision
    WHEN 'D' THEN strftime(c.occurred_on, '%Y-%m-%d')
    WHEN 'M' THEN strftime(c.occurred_on, '%Y-%m')
    WHEN 'Q' THEN concat(year(c.occurred_on), '-Q', quarter(c.occurred_on))
    ELSE strftime(c.occurred_on, '%Y')
  END AS occurred,
  c.value,
  m.unit,
  coalesce(CASE WHEN $language = 'en' THEN zn.name_en END, zn.name_zh, nullif(c.zone_id, 'na')) AS zone,
  coalesce(CASE WHEN $language = 'en' THEN st.name_en END, st.name_zh, c.stage_id) AS stage,
  concat_ws(' · ', coalesce(CASE WHEN $language = 'en' THEN d.name_en END, d.name_zh, c.department_id), nullif(c.reported_by, '')) AS department,
  coalesce(org.org_name, c.org_id) AS organization,
  c.is_pending,
  f.name AS file,
  nullif(s.sheet, '') AS sheet,
  s.row,
  strftime(f.received_at + INTERVAL 8 HOUR, '%Y-%m-%d %H:%M') AS received, -- stored as UTC, shown in Shanghai
  f.sha256
FROM mart.contribution AS c
JOIN ref.metric AS m ON m.metric_id = c.metric_id
JOIN raw.source_row AS s ON s.row_id = c.row_id
JOIN raw.file AS f ON f.file_id = s.file_id
LEFT JOIN core.project AS p ON c.entity_kind = 'project' AND p.project_id = c.entity_id
LEFT JOIN core.outcome AS o ON c.entity_kind = 'outcome' AND o.outcome_id = c.entity_id
LEFT JOIN core.organization AS g ON c.entity_kind = 'organization' AND g.org_id = c.entity_id
LEFT JOIN ref.zone AS z ON c.entity_kind = 'zone' AND z.zone_id = c.entity_id
LEFT JOIN core.organization AS org ON org.org_id = c.org_id
LEFT JOIN ref.zone AS zn ON zn.zone_id = c.zone_id
LEFT JOIN ref.stage AS st ON st.stage_id = c.stage_id
LEFT JOIN core.fund AS fd ON c.entity_kind = 'fund' AND fd.fund_id = c.entity_id
LEFT JOIN (SELECT i.item_id, any_value(i.item_name) AS item_name FROM core.funding AS i GROUP BY i.item_id) AS fg
  ON c.entity_kind = 'funding' AND fg.item_id = c.entity_id
LEFT JOIN ref.department AS d ON d.department_id = c.department_id
WHERE c.metric_id = $metric AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND ($zone IS NULL OR c.zone_id = $zone)
  AND ($departments::VARCHAR[] IS NULL OR list_contains($departments::VARCHAR[], c.department_id))
  AND ($org IS NULL OR coalesce(org.group_name, c.org_id, '') = $org)
  AND ($direction IS NULL OR coalesce(c.direction_id, '') = $direction) AND ($at_stage IS NULL OR coalesce(c.stage_id, '') = $at_stage)
  AND ($category IS NULL OR coalesce(c.category, '') = $category) AND ($entity IS NULL OR c.entity_id = $entity OR fd.fund_kind = $entity)
  AND ($since IS NULL OR c.occurred_on >= $since) AND ($until IS NULL OR c.occurred_on < $until)
ORDER BY c.occurred_on, c.key, c.counts_from
