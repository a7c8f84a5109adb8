-- What the rows of an export come to, by the day on which they happened; the parameters are those of rows.sql, whose rows they are.
-- grain: occurred_on
SELECT
  c.occurred_on,
  count(*) AS row_count,
  bool_and(c.value = round(c.value, 0)) AS is_whole,
  bool_and(c.value = round(c.value, 2)) AS is_in_cents,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = $metrics[1]), 0) AS numerator,
  coalesce(sum(c.value) FILTER (WHERE c.metric_id = $metrics[-1]), 0) AS denominator
FROM mart.contribution AS c
JOIN raw.file AS f ON f.file_id = c.row_id >> $file_bits
LEFT JOIN core.organization AS org ON org.org_id = c.org_id
LEFT JOIN core.fund AS fd ON c.entity_kind = 'fund' AND fd.fund_id = c.entity_id
WHERE list_contains($metrics, c.metric_id) AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND ($zone IS NULL OR c.zone_id = $zone)
  AND ($org IS NULL OR coalesce(org.group_name, c.org_id, '') = $org)
  AND ($direction IS NULL OR coalesce(c.direction_id, '') = $direction) AND ($at_stage IS NULL OR coalesce(c.stage_id, '') = $at_stage)
  AND ($category IS NULL OR coalesce(c.category, '') = $category) AND ($entity IS NULL OR c.entity_id = $entity OR fd.fund_kind = $entity)
  AND true /* chosen c.entity_id */
  AND ($since IS NULL OR c.occurred_on >= $since) AND ($until IS NULL OR c.occurred_on < $until)
GROUP BY c.occurred_on
ORDER BY c.occurred_on
