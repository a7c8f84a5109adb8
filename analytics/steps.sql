-- What reached each step by $v, by zone and category: days until the next step (cause 1) or the end on the way (2), or so far (0), and how many such.
-- What vanished from its list is watched until then, no longer.
SELECT
  s.step_id,
  s.zone_id,
  coalesce(s.category, '') AS category,
  s.is_timed,
  CASE
    WHEN s.next_on <= $v AND (s.quit_on IS NULL OR s.next_on <= s.quit_on) THEN s.next_days
    WHEN s.quit_on <= $v THEN s.quit_days
    ELSE greatest(least($v::DATE, s.gone_on) - s.entered_at, 0)
  END::INTEGER AS days,
  CASE WHEN s.next_on <= $v AND (s.quit_on IS NULL OR s.next_on <= s.quit_on) THEN 1 WHEN s.quit_on <= $v THEN 2 ELSE 0 END::INTEGER AS cause,
  count(*)::INTEGER AS number
FROM mart.step AS s
WHERE s.entered_on <= $v
GROUP BY ALL
ORDER BY ALL
