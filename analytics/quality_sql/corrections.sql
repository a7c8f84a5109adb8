-- What was put right, the latest first, with how many there are, how fast, and how many had to be sent more than twice.
SELECT
  c.feed,
  c.department_id,
  c.sender,
  c.key,
  c.opened_at,
  c.closed_at,
  c.closed_by,
  c.is_accepted,
  c.days_to_correct,
  count(*) OVER () AS number,
  median(c.days_to_correct) OVER () AS median_days
FROM rejected.correction AS c
WHERE c.closed_file_id IS NOT NULL AND ($departments IS NULL OR list_contains($departments, c.department_id)) AND ($feed IS NULL OR c.feed = $feed)
ORDER BY c.closed_at DESC, c.feed, c.department_id, c.sender, c.key
LIMIT $most
