-- What each sender's report comes to: when its last file came, rows accepted of its files in force, rows still to be put right.
WITH waiting AS (
  SELECT o.feed, o.department_id, o.sender, count(*) AS refused
  FROM rejected.open_row AS o
  GROUP BY o.feed, o.department_id, o.sender
)
SELECT
  f.feed,
  f.department_id,
  f.sender,
  max(f.received_at) AS arrived_at,
  sum(f.accepted)::BIGINT AS accepted,
  coalesce(any_value(w.refused), 0) AS refused
FROM raw.file AS f
LEFT JOIN waiting AS w ON w.feed = f.feed AND w.department_id = f.department_id AND w.sender = f.sender
WHERE f.is_standing
GROUP BY f.feed, f.department_id, f.sender
