-- The rows of $metrics that count at $v; $zone NULL for all, by happening from $since until $until, of the firms of a group, a direction, a stage, a category.
SELECT c.*
FROM mart.contribution AS c
WHERE list_contains($metrics, c.metric_id)
  AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND ($zone IS NULL OR c.zone_id = $zone)
  AND true /* narrowed */
  AND true /* chosen c.entity_id */
  AND ($since::DATE IS NULL OR c.occurred_on >= $since) AND ($until::DATE IS NULL OR c.occurred_on <= $until)
